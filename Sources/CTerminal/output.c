// Cells out: ncurses keeps what is on the screen and sends only the difference.

#include "internal.h"

#include <stdlib.h>
#include <string.h>

// Which pair of colours has which number. A theme has a few dozen.
enum { slots = 4096 };
static struct {
  int32_t foreground, background;
  int32_t pair;
} known[slots];
static int32_t next_pair = 1;

void forget_pairs(void) {
  memset(known, 0, sizeof known);
  next_pair = 1;
}

static int32_t make_pair(int32_t foreground, int32_t background) {
  if (next_pair >= COLOR_PAIRS || next_pair >= slots / 2) return 0;
#if HAVE_EXTENDED_PAIRS
  int made = init_extended_pair(next_pair, foreground, background);
#else
  int made = init_pair((short)next_pair, (short)foreground, (short)background);
#endif
  return made == ERR ? 0 : next_pair++;
}

// Pair 0 is the terminal's own colours, and stands in when there are no pairs left.
static int32_t pair_for(int32_t foreground, int32_t background) {
  if (terminal.colours == 0 || (foreground < 0 && background < 0)) return 0;
  uint32_t hash = (uint32_t)foreground * 2654435761u ^ (uint32_t)background * 2246822519u;
  for (uint32_t i = hash >> 20;; i++) {
    i %= slots;
    if (known[i].pair == 0) {
      int32_t pair = make_pair(foreground, background);
      if (pair == 0) return 0;
      known[i].foreground = foreground;
      known[i].background = background;
      known[i].pair = pair;
    }
    if (known[i].foreground == foreground && known[i].background == background) {
      return known[i].pair;
    }
  }
}

static attr_t attributes(uint32_t emphasis) {
  attr_t result = A_NORMAL;
  if (emphasis & 1) result |= A_BOLD;
  if (emphasis & 2) result |= A_REVERSE;
  if (emphasis & 4) result |= A_UNDERLINE;
  return result;
}

static void make_cell(cchar_t *target, const CTCell *cell, int32_t pair, attr_t attrs) {
  uint32_t glyph = cell->glyph;
  if (glyph < 32 || (glyph > 126 && !terminal.utf8)) glyph = '?';
  wchar_t text[2] = {(wchar_t)glyph, L'\0'};
#if HAVE_EXTENDED_PAIRS
  int extended = pair;
  setcchar(target, text, attrs, (short)pair, &extended);
#else
  setcchar(target, text, attrs, (short)pair, NULL);
#endif
}

void ct_put_row(int32_t y, const CTCell *cells, int32_t count) {
  static cchar_t *line;
  static int32_t room;
  if (!terminal.running || y < 0 || y >= LINES) return;
  if (count > COLS) count = COLS;
  if (cells == NULL || count <= 0) return;
  if (count > room) {
    cchar_t *more = realloc(line, (size_t)count * sizeof *line);
    if (more == NULL) return;
    line = more;
    room = count;
  }
  // Neighbours mostly look the same, so pair and attributes are looked up once for a run.
  const CTCell *last = NULL;
  int32_t pair = 0;
  attr_t attrs = A_NORMAL;
  for (int32_t x = 0; x < count; x++) {
    const CTCell *cell = &cells[x];
    if (last == NULL || cell->foreground != last->foreground ||
        cell->background != last->background || cell->emphasis != last->emphasis) {
      pair = pair_for(cell->foreground, cell->background);
      attrs = attributes(cell->emphasis);
      last = cell;
    }
    make_cell(&line[x], cell, pair, attrs);
  }
  // Never wraps, and never moves the cursor.
  mvadd_wchnstr(y, 0, line, count);
}

void ct_erase(void) {
  if (terminal.running) werase(stdscr);
}

void ct_flush(void) {
  if (!terminal.running) return;
  wnoutrefresh(stdscr);
  doupdate();
}

void ct_redraw(void) {
  if (terminal.running) clearok(curscr, TRUE);
}

CTInfo ct_info(void) {
  CTInfo info = {.colours = terminal.colours, .utf8 = terminal.utf8};
  if (terminal.running) {
    info.columns = COLS;
    info.rows = LINES;
  }
  return info;
}
