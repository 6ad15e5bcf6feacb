# shellcheck shell=bash disable=SC1091,SC2016,SC2034
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
__shellper_program() { SHELLPER_SHELL=bash \builtin exec '@program@' "$@"; }

# Usage: __shellper_guarded FUNCTION. While it runs, Ctrl-C sets `interrupted` and no more; unguarded, bash would drop the
# line and return to the prompt. So the guard comes first: `trap -p` into a closed output fails where there is a trap to
# keep, and costs no process where there is none. Under ble.sh the terminal makes no signal of Ctrl-C unless it is told to.
__shellper_guarded() {
  \builtin local trap_before='' interrupted=0 __code=0
  \builtin trap -p INT 2>/dev/null >&- || trap_before=$(\builtin trap -p INT)
  \builtin trap 'interrupted=1' INT
  [[ -z ${BLE_ATTACHED-} ]] || \command stty intr '^C' 2>/dev/null </dev/tty
  "$1" || __code=$?
  [[ -z ${BLE_ATTACHED-} ]] || \command stty intr undef 2>/dev/null </dev/tty
  if [[ -n $trap_before ]]; then \builtin eval "\\builtin $trap_before"; else \builtin trap - INT; fi
  \builtin return "$__code"
}

# Usage: __shellper_ask LINE ARGUMENT... The program prints a line of message, which may be empty, then the answer: sets
# `__message` and `__answer` in the caller, returns the exit status. Ctrl-C ends the program and returns here; Ctrl-Z is
# ignored, for nobody could wake the program up again.
__shellper_ask() {
  \builtin local __reply='' __code=0
  __shellper_progress "$1"
  # Ctrl-C may have come before there was a program to end.
  __reply=$(
    ((interrupted == 0)) || \builtin exit 130
    \builtin trap '' TSTP
    \builtin printf '%s' "$1" | __shellper_program "${@:2}" 2>/dev/null
  ) || __code=$?
  ((interrupted == 0)) || __code=130 # whatever the program made of it
  __shellper_wipe
  __message=${__reply%%$'\n'*} __answer=''
  [[ $__reply != *$'\n'* ]] || __answer=${__reply#*$'\n'}
  ((__code == 0)) || [[ -n $__message ]] || __shellper_failure "$__code"
  ((__code != 130)) || __message=''
  \builtin return "$__code"
}

# Sets `__message` to what is said of a program that failed without a word.
__shellper_failure() {
  __message="failed with status $1; run: shellper doctor"
  (($1 != 127)) || __message='the program is gone; install it again, then open a new terminal'
}

# ---- The screen ------------------------------------------------------------------------------------------------------

# Usage: __shellper_expand PROMPT. Sets `__prompt` to it as bash shows it, commands and $? included; fails below bash 4.4.
# It sees the local variables of those who ask: these have names of their own.
__shellper_status() { \builtin return "${SHELLPER_LAST_STATUS:-0}"; }
__shellper_expand() {
  ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] >= 404)) || \builtin return 1
  __shellper_status
  __prompt=${1@P}
}

# Readline has wiped the line; show it again, with a sign that something is happening. One row, so that one row is
# all there is to wipe: what does not fit is cut off by the terminal.
__shellper_progress() {
  \builtin local __prompt='' __line="${1//[[:cntrl:]]/ }"
  if [[ ${TERM-dumb} == dumb ]]; then
    \builtin printf '...\n'
  else
    __shellper_expand "${PS1-}" && __prompt=${__prompt##*$'\n'}
    \builtin printf '\r\e[J\e[?7l%s%s …\e[?7h' "${__prompt//[$'\001\002']/}" "$__line"
  fi 2>/dev/null >/dev/tty
}

# Whether this is a continuation prompt, which bash tells nobody: the history ends in the middle of a command then.
__shellper_continues() {
  \builtin local __last=''
  __last=$(HISTTIMEFORMAT=$'\n' \builtin history 1) # which parts it from its number
  [[ $__last != *\\ ]] || \builtin return 0
  __last=$(LC_ALL=C "$BASH" -n <<<"${__last#*$'\n'}" 2>&1)
  [[ $__last == *end?of?file* || $__last == *EOF* ]]
}

# Sets `__upper` to the prompt's lines above its last, `__rows` to their rows. Colours take no room, nor does \001 … \002.
__shellper_rows() {
  \builtin local __prompt='' __above=''
  __shellper_expand "${PS1-}" || \builtin return 0
  [[ $__prompt != *$'\n'* ]] || ! __shellper_continues || \builtin return 0
  __upper=${__prompt%"${__prompt##*$'\n'}"}
  while [[ $__prompt == *$'\001'*$'\002'* ]]; do __prompt=${__prompt%%$'\001'*}${__prompt#*$'\002'}; done
  while [[ $__prompt == *$'\e['*[[:alpha:]]* ]]; do
    __above=${__prompt#*$'\e['} __prompt=${__prompt%%$'\e['*}${__above#*[[:alpha:]]}
  done
  while [[ $__prompt == *$'\n'* ]]; do
    __above=${__prompt%%$'\n'*} __prompt=${__prompt#*$'\n'}
    __above+=${__above//[!ᄀ-ᅟ⺀-꓏가-힣豈-﫿︰-﹏＀-｠🌀-🫿]/} # wide letters count twice
    ((__rows += 1 + (${#__above} > 0 ? (${#__above} - 1) / ${COLUMNS:-80} : 0)))
  done
}

# Text where the prompt stood; the prompt follows below it. A handler that returns 124 has all of it drawn anew. Where a
# failure ends the shell or runs a trap, it returns 0, and the last line must do; ble.sh never draws more.
__shellper_say() {
  \builtin local __rows=0 __upper=''
  if [[ ${TERM-dumb} == dumb ]]; then
    \builtin printf '%s\n' "$1"
  else
    __shellper_rows
    ((__rows == 0)) || \builtin printf '\e[%dA' "$__rows"
    \builtin printf '\r\e[J%s\n' "$1"
    [[ -z ${BLE_ATTACHED-} ]] || \builtin printf '%s' "${__upper//[$'\001\002']/}"
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
  \builtin local __line="${READLINE_LINE-}" __answer='' __message='' __prompt='' __code=0
  # The prompt's number tells it from the next one. The history does not count every line.
  __shellper_expand '\#' || __prompt=${HISTCMD-}
  __prompt+=${_ble_edit_CMD-} # ble.sh counts by itself
  if [[ $__line != *[![:space:]]* ]]; then
    __shellper_say 'shellper: write what you want in plain words, then press the key again'
    \builtin return
  fi
  if [[ $__line == "${__shellper_answer-}" && $__prompt == "${__shellper_number-}" ]]; then
    if [[ -n ${__shellper_ahead-} ]]; then __shellper_ahead=''; \builtin return; fi # typed before the answer was there
    READLINE_LINE=$__shellper_line READLINE_POINT=0x7fffffff __shellper_answer='' __shellper_taken_back=$__shellper_line
    \builtin return
  fi
  __shellper_ask "$__line" hook || __code=$?
  if ((__code == 0)) && [[ -n $__answer ]]; then
    __shellper_line=$__line __shellper_answer=$__answer __shellper_number=$__prompt
    __shellper_taken_back='' __shellper_ahead=''
    ! \builtin read -r -t 0 2>/dev/null </dev/tty || __shellper_ahead=1
    READLINE_LINE=$__answer READLINE_POINT=0x7fffffff # beyond any end, in bytes as in characters
  elif ((__code == 0)); then
    __message=${__message:-'no command came back; say it in other words'}
  fi
  [[ -z $__message ]] || __shellper_say "shellper: $__message"
}

# ---- The explanation -------------------------------------------------------------------------------------------------

shellper_explain() { \builtin local -x SHELLPER_LAST_STATUS="$?"; __shellper_guarded __shellper_explain; }

__shellper_explain() {
  \builtin local __line="${READLINE_LINE-}" __answer='' __message='' __code=0
  if [[ $__line != *[![:space:]]* ]]; then
    __shellper_say 'shellper: there is no command on the line to explain'
    \builtin return
  fi
  __shellper_ask "$__line" hook --explain || __code=$?
  [[ $__code == 0 && -n $__answer ]] || __answer="shellper: $__message"
  ((__code == 130)) || __shellper_say "$__answer"
}

# ---- The key ---------------------------------------------------------------------------------------------------------

# No `builtin bind`: ble.sh has its own. The old binding goes first, for 5.1, as does a suggestion of ble.sh. $_ is kept.
__shellper_bind() {
  \builtin local __key="${SHELLPER_KEY-\C-g}" __keymap=''
  [[ -n $__key ]] || \builtin return 0
  for __keymap in emacs vi-insert vi-command; do
    \bind -m "$__keymap" -r "$__key"
    \bind -m "$__keymap" -x "\"$__key\": shellper_request \"\$_\""
  done 2>/dev/null
  [[ -z ${BLE_VERSION-} || $__key != '\C-g' ]] || \ble-bind -m auto_complete -f C-g auto_complete/cancel-default
}
__shellper_bind
\builtin unset -f __shellper_bind

# ---- Completion ------------------------------------------------------------------------------------------------------

# Read from its file on the first TAB.
__shellper_complete() {
  \builtin source '@completions@'/shellper.bash && \builtin return 124
}
\builtin complete -F __shellper_complete shellper

fi
