import { type FileExtent, readFully } from '../file-extent.ts';

/**
 * Sizes measured on a 2 GB tar of 150,000 files (docs/performance.md): small enough not to copy content that is skipped
 * anyway, large enough that a run of small files takes one read.
 */
const sparseRead = 4 * 1024;
const denseRead = 256 * 1024;

/** A window that moves forward over part of an open file. */
export class ExtentWindow {
  /** What `locate` gives positions in. Overwritten by its next call. */
  readonly buffer = Buffer.alloc(denseRead);
  private readonly fd: number;
  private readonly extent: FileExtent;
  private start = 0;
  private filled = 0;

  constructor(fd: number, extent: FileExtent) {
    this.fd = fd;
    this.extent = extent;
  }

  /**
   * Brings bytes of the extent into the buffer.
   * @param length at most 256 KiB
   * @param dense whether what follows is likely to be wanted too
   * @returns where in the buffer they are, or -1 if the extent, or the file, ends before
   */
  locate(position: number, length: number, dense: boolean): number {
    if (position < this.start || position + length > this.start + this.filled) {
      const size = Math.min(Math.max(length, dense ? denseRead : sparseRead), this.extent.size - position);
      if (size < length) return -1;
      this.filled = readFully(this.fd, this.buffer, size, this.extent.offset + position, this.extent.file);
      this.start = position;
      if (this.filled < length) return -1;
    }
    return position - this.start;
  }
}
