# shellcheck shell=bash disable=SC2034
# shellper for bash 4.0 and later. In ~/.bashrc:
#
#     eval -- "$(shellper init bash)"
#
# SHELLPER_KEY, set before that line, is the key in the notation of `bind`: unset is \C-g, empty binds nothing.
# Public functions, to bind as you like:      bind -x '"\C-xe": shellper_explain'
#     shellper_request    turns the words on the line into a command; again, and the words are back
#     shellper_explain    says what the command on the line does

[[ $- != *i* ]] || \builtin export SHELLPER_HOOK="bash "'@version@'" $$"

# Below 4.0 a handler of `bind -x` sees no line; `shellper doctor` says so.
if [[ $- == *i* ]] && ((BASH_VERSINFO[0] >= 4)); then

# ---- The program -----------------------------------------------------------------------------------------------------

# In the place of the subshell it is called in: every shell in between is one more that can miss a Ctrl-C.
# shellcheck disable=SC2016
__shellper_program() {
  SHELLPER_SHELL=bash \builtin exec '@program@' "$@"
}

# Usage: __shellper_guarded FUNCTION. While it runs, Ctrl-C sets `interrupted` and no more; unguarded, bash would drop the
# line and return to the prompt. So the guard comes first: `trap -p` into a closed output fails where there is a trap to
# keep, and costs no process where there is none. Under ble.sh the terminal makes no signal of Ctrl-C unless it is told to.
__shellper_guarded() {
  \builtin local trap_before='' interrupted=0 code=0
  \builtin trap -p INT 2>/dev/null >&- || trap_before=$(\builtin trap -p INT)
  \builtin trap 'interrupted=1' INT
  [[ -z ${BLE_ATTACHED-} ]] || \command stty intr '^C' 2>/dev/null </dev/tty
  "$1" || code=$?
  [[ -z ${BLE_ATTACHED-} ]] || \command stty intr undef 2>/dev/null </dev/tty
  if [[ -n $trap_before ]]; then \builtin eval "\\builtin $trap_before"; else \builtin trap - INT; fi
  \builtin return "$code"
}

# Usage: __shellper_ask LINE ARGUMENT... The program prints a line of message, which may be empty, then the answer: sets
# `message` and `answer` in the caller, returns the exit status. Ctrl-C ends the program and returns here; Ctrl-Z is
# ignored, for nobody could wake the program up again.
__shellper_ask() {
  \builtin local reply='' code=0
  __shellper_progress "$1"
  # Ctrl-C may have come before there was a program to end.
  reply=$(
    ((interrupted == 0)) || \builtin exit 130
    \builtin trap '' TSTP
    \builtin printf '%s' "$1" | __shellper_program "${@:2}" 2>/dev/null
  ) || code=$?
  ((interrupted == 0)) || code=130 # whatever the program made of it
  __shellper_wipe
  message=${reply%%$'\n'*} answer=''
  [[ $reply != *$'\n'* ]] || answer=${reply#*$'\n'}
  ((code == 0)) || [[ -n $message ]] || __shellper_failure "$code"
  ((code != 130)) || message=''
  \builtin return "$code"
}

# Sets `message` to what is said of a program that failed without a word.
__shellper_failure() {
  message="failed with status $1; run: shellper doctor"
  (($1 != 127)) || message='the program is gone; install it again, then open a new terminal'
}

# ---- The screen ------------------------------------------------------------------------------------------------------

# Usage: __shellper_expand PROMPT. Sets `prompt` to it as bash shows it, commands in it included; fails below bash 4.4.
__shellper_expand() {
  ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 404)) || \builtin return 1
  prompt=$1
  prompt=${prompt@P}
}

# Readline has wiped the line; show it again, with a sign that something is happening. One row, so that one row is
# all there is to wipe: what does not fit is cut off by the terminal.
__shellper_progress() {
  \builtin local prompt='' line="${1//[[:cntrl:]]/ }"
  if [[ ${TERM-dumb} == dumb ]]; then
    \builtin printf '...\n'
  else
    __shellper_expand "${PS1-}" || prompt=''
    prompt=${prompt##*$'\n'}
    \builtin printf '\r\e[J\e[?7l%s%s …\e[?7h' "${prompt//[$'\001\002']/}" "$line"
  fi 2>/dev/null >/dev/tty
}

# Whether this is a continuation prompt, which bash tells nobody: the history ends in the middle of a command then.
__shellper_continues() {
  \builtin local last=''
  last=$(HISTTIMEFORMAT=$'\n' \builtin history 1) # which parts it from its number
  [[ $last != *\\ ]] || \builtin return 0
  last=$(LC_ALL=C "$BASH" -n <<<"${last#*$'\n'}" 2>&1)
  [[ $last == *end?of?file* || $last == *EOF* ]]
}

# Sets `upper` to what the prompt has above its last line and `rows` to its rows. From \001 to \002 nothing takes room.
__shellper_rows() {
  \builtin local prompt='' above=''
  __shellper_expand "${PS1-}" || \builtin return 0
  [[ $prompt != *$'\n'* ]] || ! __shellper_continues || \builtin return 0
  upper=${prompt%"${prompt##*$'\n'}"}
  while [[ $prompt == *$'\001'*$'\002'* ]]; do prompt=${prompt%%$'\001'*}${prompt#*$'\002'}; done
  while [[ $prompt == *$'\n'* ]]; do
    above=${prompt%%$'\n'*} prompt=${prompt#*$'\n'}
    ((rows += 1 + (${#above} > 0 ? (${#above} - 1) / ${COLUMNS:-80} : 0)))
  done
}

# Text where the prompt stood; the prompt follows below it. A handler that returns 124 has all of it drawn anew. Where a
# failure ends the shell or runs a trap, it returns 0, and the last line must do; ble.sh never draws more.
__shellper_say() {
  \builtin local rows=0 upper=''
  if [[ ${TERM-dumb} == dumb ]]; then
    \builtin printf '%s\n' "$1"
  else
    __shellper_rows
    ((rows == 0)) || \builtin printf '\e[%dA' "$rows"
    \builtin printf '\r\e[J%s\n' "$1"
    [[ -z ${BLE_ATTACHED-} ]] || \builtin printf '%s' "${upper//[$'\001\002']/}"
  fi 2>/dev/null >/dev/tty
  [[ $- == *[eE]* ]] || \builtin return 124
}

__shellper_wipe() { [[ ${TERM-dumb} == dumb ]] || \builtin printf '\r\e[J' 2>/dev/null >/dev/tty; }

# ---- The request -----------------------------------------------------------------------------------------------------

shellper_request() {
  \builtin local -x SHELLPER_LAST_STATUS="$?" SHELLPER_TAKEN_BACK="${__shellper_taken_back-}"
  __shellper_guarded __shellper_request
}

__shellper_request() {
  \builtin local line="${READLINE_LINE-}" answer='' message='' prompt='' code=0
  # The prompt's number tells it from the next one. The history does not count every line.
  __shellper_expand '\#' || prompt=${HISTCMD-}
  prompt+=${_ble_edit_CMD-} # ble.sh counts by itself
  if [[ $line != *[![:space:]]* ]]; then
    __shellper_say 'shellper: write what you want in plain words, then press the key again'
    \builtin return
  fi
  if [[ $line == "${__shellper_answer-}" && $prompt == "${__shellper_number-}" ]]; then
    if [[ -n ${__shellper_ahead-} ]]; then __shellper_ahead=''; \builtin return; fi # typed before the answer was there
    READLINE_LINE=$__shellper_line READLINE_POINT=0x7fffffff __shellper_answer='' __shellper_taken_back=$__shellper_line
    \builtin return
  fi
  __shellper_ask "$line" hook || code=$?
  if ((code == 0)) && [[ -n $answer ]]; then
    __shellper_line=$line __shellper_answer=$answer __shellper_number=$prompt __shellper_taken_back='' __shellper_ahead=''
    ! \builtin read -r -t 0 2>/dev/null </dev/tty || __shellper_ahead=1
    READLINE_LINE=$answer READLINE_POINT=0x7fffffff # beyond any end, in bytes as in characters
  elif ((code == 0)); then
    message=${message:-'no command came back; say it in other words'}
  fi
  [[ -z $message ]] || __shellper_say "shellper: $message"
}

# ---- The explanation -------------------------------------------------------------------------------------------------

shellper_explain() { __shellper_guarded __shellper_explain; }

__shellper_explain() {
  \builtin local line="${READLINE_LINE-}" answer='' message='' code=0
  if [[ $line != *[![:space:]]* ]]; then
    __shellper_say 'shellper: there is no command on the line to explain'
    \builtin return
  fi
  __shellper_ask "$line" hook --explain || code=$?
  if ((code == 0)) && [[ -n $answer ]]; then
    __shellper_say "$answer"
  elif ((code != 130)); then
    __shellper_say "shellper: $message"
  fi
}

# ---- The key ---------------------------------------------------------------------------------------------------------

# No `builtin bind`: ble.sh has its own. The old binding goes first, for 5.1; so does a suggestion that ble.sh shows.
__shellper_bind() {
  \builtin local key="${SHELLPER_KEY-\C-g}" keymap=''
  [[ -n $key ]] || \builtin return 0
  for keymap in emacs vi-insert vi-command; do
    \bind -m "$keymap" -r "$key"
    \bind -m "$keymap" -x "\"$key\": shellper_request"
  done 2>/dev/null
  [[ -z ${BLE_VERSION-} || $key != '\C-g' ]] || \ble-bind -m auto_complete -f C-g auto_complete/cancel-default
}
__shellper_bind
\builtin unset -f __shellper_bind

# ---- Completion ------------------------------------------------------------------------------------------------------

# Read from its file on the first TAB.
__shellper_complete() {
  # shellcheck disable=SC1091
  \builtin source '@completions@'/shellper.bash && \builtin return 124
}
\builtin complete -F __shellper_complete shellper

fi
