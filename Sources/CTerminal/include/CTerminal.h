// The terminal, without a word of curses.
//
// Everything Swift may know about the terminal is declared here. The header includes no curses header,
// so that none of its macros, globals and short names reach Swift. There is one terminal, and all
// functions are for the main thread.

#pragma once

#include <stdbool.h>
#include <stdint.h>

// Imported by Swift as an enum that can be switched over exhaustively.
#define CT_ENUM(name) enum __attribute__((enum_extensibility(closed))) name : int32_t

typedef CT_ENUM(CTStart) {
  CTStartRunning,
  // The process has no controlling terminal.
  CTStartNoTerminal,
  // TERM is unset or empty.
  CTStartNoName,
  // TERM names nothing in the terminfo database.
  CTStartUnknownName,
  // The terminal cannot place its cursor or clear its screen.
  CTStartDumb,
  // The system refused something; errno says what.
  CTStartFailed,
} CTStart;

typedef CT_ENUM(CTEventKind) {
  // There is nothing more.
  CTEventKindNothing,
  // `code` is a Unicode scalar.
  CTEventKindCharacter,
  // `code` is a CTKey.
  CTEventKindKey,
  // `code` is a CTButton; `x` and `y` are where, from zero.
  CTEventKindPress,
  CTEventKindRelease,
  // The pointer has moved with this button held.
  CTEventKindDrag,
  // `x` columns and `y` rows.
  CTEventKindResize,
  // Characters up to the end are pasted, not typed.
  CTEventKindPasteBegin,
  CTEventKindPasteEnd,
  // `code` is a signal that asks the program to end.
  CTEventKindSignal,
} CTEventKind;

typedef CT_ENUM(CTKey) {
  CTKeyEnter, CTKeyEscape, CTKeyTab, CTKeyBackTab, CTKeyBackspace, CTKeyDelete,
  CTKeyUp, CTKeyDown, CTKeyLeft, CTKeyRight,
  CTKeyHome, CTKeyEnd, CTKeyPageUp, CTKeyPageDown,
  // F1 is CTKeyFunction0 + 1; `x` of the event is the number.
  CTKeyFunction,
} CTKey;

typedef CT_ENUM(CTButton) {
  CTButtonLeft, CTButtonMiddle, CTButtonRight, CTButtonWheelUp, CTButtonWheelDown,
} CTButton;

typedef struct {
  CTEventKind kind;
  uint32_t code;
  int32_t x, y;
} CTEvent;

// A cell as it is sent. A colour is an index, or 0xRRGGBB if there are more than 256, or -1 for the
// terminal's own. Emphasis: 1 bold, 2 reverse, 4 underline.
typedef struct {
  uint32_t glyph;
  int32_t foreground, background;
  uint32_t emphasis;
} CTCell;

typedef struct {
  int32_t columns, rows;
  // How many colours there are; 0 for none, or none wanted.
  int32_t colours;
  // The locale's encoding is UTF-8.
  bool utf8;
} CTInfo;

// Takes the terminal over. It is given back by ct_stop, at exit, and when the program crashes.
CTStart ct_start(bool mouse, bool colour);
// The name the terminal goes by, TERM; empty if it has none.
const char *_Nonnull ct_term(void);
CTInfo ct_info(void);
void ct_set_mouse(bool on);

// Gives the terminal back as it was, then prints what went to stderr meanwhile. Harmless if not started.
void ct_stop(void);

// Stops, then ends the process by a signal, so that the parent learns the true reason.
_Noreturn void ct_die(int32_t signal);

// Draws cells from the left of a row. Nothing is sent before ct_flush.
void ct_put_row(int32_t y, const CTCell *_Nullable cells, int32_t count);
void ct_erase(void);
// Sends what has changed since the last time.
void ct_flush(void);
// Makes the next ct_flush send everything, whatever is believed to be on the screen.
void ct_redraw(void);

// Sleeps until there is input, or for so many milliseconds; for ever if negative.
void ct_wait(int32_t milliseconds);
// What has come, one event at a time, until CTEventKindNothing.
CTEvent ct_next(void);
