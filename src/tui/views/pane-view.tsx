import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import type { PaneFrame } from '../frame.ts';
import { paintLine, type RowLook, type Theme } from '../theme.ts';
import { paintTitle } from './paint-title.ts';

/** A pane at its place: a title and rows, each one text that is cut and painted already, for measuring text is dear. */
export function PaneView({ frame, theme }: { readonly frame: PaneFrame; readonly theme: Theme }): ReactElement {
  const { rect, title, rows, cursor, hasFocus } = frame;
  const look = (row: number): RowLook => (row !== cursor ? 'plain' : hasFocus ? 'selected' : 'selected-inactive');
  return (
    <Box position="absolute" flexDirection="column" marginLeft={rect.left} marginTop={rect.top} width={rect.width}>
      <Text>{paintTitle(theme, title, rect.width, hasFocus)}</Text>
      {rows.slice(0, rect.height - 1).map((line, row) => (
        // Rows have no identity but their place: what moves is their text.
        // oxlint-disable-next-line react/no-array-index-key
        <Text key={row}>{paintLine(theme, line, rect.width, look(row)) || ' '}</Text>
      ))}
    </Box>
  );
}
