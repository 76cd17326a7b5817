import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { Frame } from '../frame.ts';
import { paintLine, type Theme } from '../theme.ts';
import { PaneView } from './pane-view.tsx';

/**
 * The whole screen, from its frame alone. One row less than the terminal has: see layout.ts. Everything is cut to its place
 * already: `overflow="hidden"` would cut each line once more, which takes Ink longer than all the rest of a frame.
 */
export function ScreenView({ frame, theme }: { readonly frame: Frame; readonly theme: Theme }): ReactElement {
  const { size, header, footer, panes, overlay } = frame;
  const { columns, rows } = size;
  return (
    <Box width={columns} height={Math.max(1, rows - 1)}>
      <At left={0} top={0}>
        {paintLine(theme, header, columns, 'plain')}
      </At>
      {panes.map((pane) => (
        <PaneView key={pane.pane} frame={pane} theme={theme} />
      ))}
      {panes
        .filter(({ rect }) => rect.left > 0)
        .map(({ pane, rect }) => (
          <At key={`${pane} edge`} left={rect.left - 1} top={rect.top}>
            {paintLine(theme, [{ text: '│', role: 'faint' }], 1, 'plain')
              .concat('\n')
              .repeat(rect.height)
              .trimEnd()}
          </At>
        ))}
      {overlay === null ? null : (
        <At left={1} top={Math.min(1, rows - 2)}>
          {overlay.map((line) => paintLine(theme, line, columns - 2, 'plain')).join('\n')}
        </At>
      )}
      <At left={0} top={rows - 2}>
        {paintLine(theme, footer, columns, 'plain')}
      </At>
    </Box>
  );
}

function At({
  left,
  top,
  children,
}: {
  readonly left: number;
  readonly top: number;
  readonly children: string;
}): ReactElement {
  return (
    <Box position="absolute" marginLeft={left} marginTop={top}>
      <Text>{children}</Text>
    </Box>
  );
}
