// Events in: keys, the mouse, pasted text, and signals, one at a time.

#include "internal.h"

#include <errno.h>
#include <sys/ioctl.h>
#include <sys/select.h>

// What ncurses is told the marks of a paste are; see define_keys.
enum { paste_begin = KEY_MAX + 1, paste_end = KEY_MAX + 2, escape = 27 };

static bool readable;
static bool hung_up;
static bool pasting;

// A character that was read too far.
static wint_t pushed;

static const CTEvent nothing = {CTEventKindNothing, 0, 0, 0};

// Not poll: on macOS it does not work with terminals.
static bool sleep_until_input(int32_t milliseconds) {
  int pipe = signals_fd();
  fd_set fds;
  FD_ZERO(&fds);
  FD_SET(terminal.fd, &fds);
  FD_SET(pipe, &fds);
  struct timeval time = {milliseconds / 1000, milliseconds % 1000 * 1000};
  int highest = pipe > terminal.fd ? pipe : terminal.fd;
  int ready = select(highest + 1, &fds, NULL, NULL, milliseconds < 0 ? NULL : &time);
  if (ready > 0 && FD_ISSET(terminal.fd, &fds)) readable = true;
  signals_drain();
  return readable;
}

void ct_wait(int32_t milliseconds) {
  if (terminal.running) sleep_until_input(milliseconds);
}

static int read_key(wint_t *key) {
  if (pushed != 0) {
    *key = pushed;
    pushed = 0;
    return OK;
  }
  return wget_wch(terminal.keys, key);
}

// Skips the rest of an escape sequence that means nothing to us, so that it is not taken for keys.
//
// An Escape typed by hand comes alone. With a letter right behind it, it is Alt and the letter; such
// keys mean nothing here, and must not close one thing and trigger another.
static bool escape_is_alone(void) {
  wint_t key = 0;
  int kind = read_key(&key);
  if (kind == ERR) return true;
  if (kind == OK && key == escape) {
    pushed = key;
    return true;
  }
  if (kind != OK) return false;
  if (key == 'O') {
    read_key(&key);
  } else if (key == '[') {
    kind = read_key(&key);
    // The Linux console has a second bracket before the letter of a function key.
    if (kind == OK && key == '[') read_key(&key);
    while (kind == OK && key >= 0x20 && key < 0x40) kind = read_key(&key);
  }
  return false;
}

static CTEvent event(CTEventKind kind, uint32_t code) { return (CTEvent){kind, code, 0, 0}; }

static CTEvent key_event(CTKey key) { return event(CTEventKindKey, (uint32_t)key); }

// What the mouse did, in order. ncurses hands out what came in one burst from the newest to the oldest.
enum { most_mouse_events = 8 };
static CTEvent mouse_events[most_mouse_events];
static int mouse_count, mouse_next;
// The button that was pressed last: a motion with it held is reported without it.
static CTButton held;

static CTEvent mouse_event_of(const MEVENT *mouse) {
  static const struct {
    mmask_t pressed, released;
    CTButton button;
  } buttons[] = {
      {BUTTON1_PRESSED | BUTTON1_CLICKED, BUTTON1_RELEASED, CTButtonLeft},
      {BUTTON2_PRESSED | BUTTON2_CLICKED, BUTTON2_RELEASED, CTButtonMiddle},
      {BUTTON3_PRESSED | BUTTON3_CLICKED, BUTTON3_RELEASED, CTButtonRight},
      {BUTTON4_PRESSED, 0, CTButtonWheelUp},
#ifdef BUTTON5_PRESSED
      {BUTTON5_PRESSED, 0, CTButtonWheelDown},
#endif
  };
  CTEvent result = nothing;
  for (size_t i = 0; i < sizeof buttons / sizeof buttons[0]; i++) {
    bool pressed = mouse->bstate & buttons[i].pressed;
    if (!pressed && !(mouse->bstate & buttons[i].released)) continue;
    if (pressed && buttons[i].released != 0) held = buttons[i].button;
    result = event(
        pressed ? CTEventKindPress : CTEventKindRelease, (uint32_t)buttons[i].button);
    break;
  }
  if (result.kind == CTEventKindNothing && mouse->bstate & REPORT_MOUSE_POSITION) {
    result = event(CTEventKindDrag, (uint32_t)held);
  }
  result.x = mouse->x;
  result.y = mouse->y;
  return result;
}

static CTEvent next_mouse_event(void) {
  while (mouse_next < mouse_count) {
    CTEvent next = mouse_events[mouse_next++];
    if (next.kind != CTEventKindNothing) return next;
  }
  return nothing;
}

static CTEvent mouse_event(void) {
  MEVENT burst[most_mouse_events];
  int count = 0;
  while (count < most_mouse_events && getmouse(&burst[count]) == OK) count++;
  mouse_next = mouse_count = 0;
  while (count > 0) mouse_events[mouse_count++] = mouse_event_of(&burst[--count]);
  return next_mouse_event();
}

// A key with a code of its own; nothing if it has no use here.
static CTEvent coded_event(wint_t code) {
  if (code >= (wint_t)KEY_F(1) && code <= (wint_t)KEY_F(12)) {
    CTEvent result = key_event(CTKeyFunction);
    result.x = (int32_t)(code - (wint_t)KEY_F0);
    return result;
  }
  switch (code) {
  case KEY_ENTER: return key_event(CTKeyEnter);
  case KEY_BTAB: return key_event(CTKeyBackTab);
  case KEY_BACKSPACE: return key_event(CTKeyBackspace);
  case KEY_DC: return key_event(CTKeyDelete);
  case KEY_UP: return key_event(CTKeyUp);
  case KEY_DOWN: return key_event(CTKeyDown);
  case KEY_LEFT: case KEY_SLEFT: return key_event(CTKeyLeft);
  case KEY_RIGHT: case KEY_SRIGHT: return key_event(CTKeyRight);
  case KEY_HOME: case KEY_FIND: case KEY_A1: return key_event(CTKeyHome);
  case KEY_END: case KEY_SELECT: case KEY_C1: return key_event(CTKeyEnd);
  case KEY_PPAGE: case KEY_A3: return key_event(CTKeyPageUp);
  case KEY_NPAGE: case KEY_C3: return key_event(CTKeyPageDown);
  case KEY_MOUSE: return mouse_event();
  case paste_begin: pasting = true; return event(CTEventKindPasteBegin, 0);
  default: return nothing;
  }
}

static CTEvent character_event(wint_t character) {
  switch (character) {
  case '\r': case '\n': return key_event(CTKeyEnter);
  case '\t': return key_event(CTKeyTab);
  case '\b': case 127: return key_event(CTKeyBackspace);
  default: return event(CTEventKindCharacter, (uint32_t)character);
  }
}

// The next character of a paste. It may come in several bursts, but no terminal pauses for long; one that
// forgets to mark the end must not make text of everything that is typed from then on.
static CTEvent pasted_event(void) {
  wint_t key = 0;
  int kind = read_key(&key);
  while (kind == ERR && sleep_until_input(200)) {
    readable = false;
    kind = read_key(&key);
  }
  if (kind == OK) return event(CTEventKindCharacter, (uint32_t)(key == '\r' ? '\n' : key));
  if (kind == KEY_CODE_YES && key != paste_end) return event(CTEventKindCharacter, ' ');
  pasting = false;
  return event(CTEventKindPasteEnd, 0);
}

// Readable, and yet there is nothing to read: nobody is at the other end any more.
static bool terminal_is_gone(void) {
  int waiting = 0;
  return ioctl(terminal.fd, FIONREAD, &waiting) != 0 || waiting == 0;
}

static CTEvent typed_event(void) {
  CTEvent mouse = next_mouse_event();
  if (mouse.kind != CTEventKindNothing) return mouse;
  if (pasting) return pasted_event();
  bool anything = false;
  for (;;) {
    wint_t key = 0;
    int kind = read_key(&key);
    if (kind == ERR) break;
    anything = true;
    CTEvent result = nothing;
    if (kind == KEY_CODE_YES) {
      result = coded_event(key);
    } else if (key != escape) {
      result = character_event(key);
    } else if (escape_is_alone()) {
      result = key_event(CTKeyEscape);
    }
    if (result.kind != CTEventKindNothing) {
      readable = false;
      return result;
    }
  }
  if (readable && !anything && terminal_is_gone()) hung_up = true;
  readable = false;
  return nothing;
}

// Takes the size the terminal has now. The picture is sent anew even if that is the old one: the terminal
// may have had another in between, and have thrown away what did not fit.
static CTEvent resized_event(void) {
  struct winsize size;
  if (ioctl(terminal.fd, TIOCGWINSZ, &size) == 0 && size.ws_row > 0 && size.ws_col > 0) {
    resizeterm(size.ws_row, size.ws_col);
  }
  clearok(curscr, TRUE);
  return (CTEvent){CTEventKindResize, 0, COLS, LINES};
}

CTEvent ct_next(void) {
  if (!terminal.running) return nothing;
  if (signals_came.stopped) {
    signals_came.stopped = false;
    suspend();
    // A window may have changed its size while nobody was listening.
    signals_came.resized = true;
    signals_came.continued = false;
    signals_drain();
    signals_came.continued = false;
  }
  if (signals_came.continued) {
    signals_came.continued = false;
    resume();
    signals_came.resized = true;
  }
  if (signals_came.resized) {
    signals_came.resized = false;
    return resized_event();
  }
  CTEvent typed = typed_event();
  if (typed.kind != CTEventKindNothing) return typed;
  if (signals_came.quit != 0) {
    CTEvent result = event(CTEventKindSignal, (uint32_t)signals_came.quit);
    signals_answered();
    return result;
  }
  if (hung_up) {
    hung_up = false;
    return event(CTEventKindSignal, SIGHUP);
  }
  return nothing;
}
