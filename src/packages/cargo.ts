import { type InstallTool, unsafe } from './install-tool.ts';
import { names } from './options.ts';

/**
 * Cargo (doc.rust-lang.org/cargo: cargo fetch, target auto-discovery). It reads a package only together with its targets,
 * `src/main.rs` and the like, and `build.rs`: manifests alone are an error, so nothing is proved for it.
 */
export const cargo: InstallTool = {
  manager: 'cargo',
  settings: { names: /^CARGO_|^RUST/, harmless: names('CARGO_HOME RUSTUP_HOME RUST_VERSION RUST_BACKTRACE') },
  outputs: ['target'],
  recognize: ([program, command]) => {
    if (program !== 'cargo' || (command !== 'fetch' && command !== 'build')) return null;
    return {
      manifests: ['Cargo.toml', 'Cargo.lock', '.cargo/config.toml', 'rust-toolchain.toml', 'rust-toolchain'],
      required: ['Cargo.toml'],
      caches: [
        { target: '/usr/local/cargo/registry', sharing: 'shared' },
        { target: '/usr/local/cargo/git', sharing: 'shared' },
      ],
    };
  },
  needs: ({ words }) =>
    unsafe(
      words[1] === 'build'
        ? 'cargo build compiles the sources'
        : 'Cargo.toml: cargo reads a package only together with its sources (src/main.rs or src/lib.rs, build.rs)',
    ),
};
