# shellper for zsh 5.0 and later. In ~/.zshrc:
#
#     eval "$(shellper init zsh)"
#
# SHELLPER_KEY, set before that line, is the key in the notation of `bindkey`: unset is ^G, empty binds nothing.
# Public widgets, to bind as you like:        bindkey '^Xe' shellper_explain
#     shellper_request    turns the words on the line into a command; again, and the words are back
#     shellper_explain    says what the command on the line does

if [[ -o interactive && -o zle ]]; then

\builtin export SHELLPER_HOOK="zsh "'@version@'" $$"

# ---- The program -----------------------------------------------------------------------------------------------------

__shellper_program() {
  SHELLPER_SHELL=zsh '@program@' "$@"
}

# A request has question marks and stars, which zsh would take for file names.
((${+aliases[shellper]} + ${+functions[shellper]})) || \builtin alias shellper='noglob shellper'

# Usage: __shellper_guarded FUNCTION HINT. Runs it with zsh's own options, the `line`, and variables for what comes of it;
# on an empty line only says the hint. Ctrl-C sets `interrupted` and no more. It never fails, for outside of it the user's
# options count, and `err_exit` would end the shell.
__shellper_guarded() {
  \builtin emulate -L zsh
  \builtin local -i interrupted=0 code=0
  \builtin trap 'interrupted=1' INT
  \builtin local line="$PREBUFFER$BUFFER" answer='' message=''
  if [[ $line == *[![:space:]]* ]]; then "$1"; else __shellper_say "$2"; fi
  \builtin return 0
}

# Usage: __shellper_ask LINE ARGUMENT... The program prints a line of message, which may be empty, then the answer: sets
# `message` and `answer` in the caller, returns the exit status. Ctrl-C ends the program and returns here; Ctrl-Z is
# ignored, for nobody could wake the program up again.
__shellper_ask() {
  \builtin local reply='' line="$1"
  \builtin local -i code=0
  \builtin shift
  __shellper_progress
  # Ctrl-C may have come before there was a program to end.
  reply=$(
    ((interrupted == 0)) || \builtin exit 130
    \builtin trap '' TSTP
    \builtin print -rn -- "$line" | __shellper_program "$@" 2>/dev/null
  ) || code=$?
  ((interrupted == 0)) || code=130 # whatever the program made of it
  __shellper_wipe
  message=${reply%%$'\n'*} answer=''
  [[ $reply != *$'\n'* ]] || answer=${reply#*$'\n'}
  \builtin return $code
}

# Sets `message` to what is said of a program that failed without a word.
__shellper_failure() {
  message="failed with status $1; run: shellper doctor"
  (($1 != 127)) || message='the program is gone; install it again, then open a new terminal'
}

# ---- The screen ------------------------------------------------------------------------------------------------------

# A sign after the line that something is happening; the line itself stays as it is. A dumb terminal, on which zsh would
# blank the prompt, gets a new one.
__shellper_progress() {
  if [[ ${TERM-dumb} == dumb ]]; then
    \builtin zle -I
    \builtin return
  fi
  POSTDISPLAY='  …'
  ((${#POSTDISPLAY} == 3)) || POSTDISPLAY='  ...' # no UTF-8 here
  # Harms a line taller than the screen; without the option it would draw the prompt once more.
  [[ $LASTWIDGET != shellper_* || ! -o always_last_prompt ]] || \builtin zle -M ''
  \builtin zle -R
}

# A line of message below the prompt, gone with the next key. zsh loses count of the rows when the last one is full.
__shellper_say() {
  \builtin local text="shellper: $1"
  ((${(m)#text} % COLUMNS)) || text+=' '
  \builtin zle -M "$text"
}

__shellper_wipe() {
  POSTDISPLAY=''
}

# ---- The request -----------------------------------------------------------------------------------------------------

shellper_request() {
  \builtin local -x SHELLPER_LAST_STATUS="$?" SHELLPER_TAKEN_BACK="$__shellper_taken_back"
  __shellper_guarded __shellper_request 'write what you want in plain words, then press the key again'
}

__shellper_request() {
  if [[ $line == "$__shellper_answer" ]]; then
    if ((__shellper_ahead)); then __shellper_ahead=0; \builtin return; fi # typed before the answer was there
    [[ ${TERM-dumb} != dumb ]] || \builtin zle -I
    BUFFER=$__shellper_line CURSOR=$#BUFFER REGION_ACTIVE=0 __shellper_answer='' __shellper_taken_back=$__shellper_line
    \builtin return
  fi
  __shellper_ask "$line" hook || code=$?
  if ((code == 0)) && [[ -n $answer ]]; then
    \builtin typeset -g __shellper_line="$line" __shellper_answer="$answer" __shellper_taken_back='' __shellper_ahead=$PENDING
    if [[ -n $PREBUFFER ]]; then
      # The earlier lines are given up, and what `zle -M` shows with them; the answer is the next prompt's line.
      \builtin print -rz -- "$answer"
      CURSOR=$#BUFFER
      \builtin zle -R
      [[ -z $message ]] || \builtin print -rn -- $'\n'"shellper: $message" >/dev/tty
      \builtin zle send-break
    fi
    \builtin zle split-undo
    BUFFER=$answer CURSOR=$#answer REGION_ACTIVE=0
  elif ((code == 0)); then
    message=${message:-'no command came back; say it in other words'}
  elif ((code == 130)); then
    message=''
  elif [[ -z $message ]]; then
    __shellper_failure $code
  fi
  [[ -z $message ]] || __shellper_say "$message"
}

# Once a line was run, the same words are a new request.
__shellper_forget() {
  \builtin typeset -g __shellper_answer=''
}

# ---- The explanation -------------------------------------------------------------------------------------------------

shellper_explain() {
  __shellper_guarded __shellper_explain 'there is no command on the line to explain'
}

__shellper_explain() {
  __shellper_ask "$line" hook --explain || code=$?
  if ((code == 0)) && [[ -n $answer ]]; then
    \builtin zle -I
    \builtin print -r -- "$answer" >/dev/tty
  elif ((code != 130)); then
    [[ -n $message ]] || __shellper_failure $code
    __shellper_say "$message"
  fi
}

# ---- The key ---------------------------------------------------------------------------------------------------------

# `main` may be a keymap of the user's own. In a search and in a menu the default key, however it is written, keeps its
# meaning: give up. The menu's keys are there once its module is.
__shellper_bind() {
  \builtin emulate -L zsh
  \builtin local key="${SHELLPER_KEY-^G}" keymap=''
  \builtin zle -N shellper_request
  \builtin zle -N shellper_explain
  \builtin typeset -ga preexec_functions
  preexec_functions=(${preexec_functions:#__shellper_forget} __shellper_forget)
  [[ -n $key ]] || \builtin return 0
  for keymap in main emacs viins vicmd; do
    \builtin bindkey -M $keymap $key shellper_request
  done
  [[ ${(g:ce:)key} == $'\a' ]] || \builtin return 0
  \builtin zmodload -i zsh/complist 2>/dev/null
  for keymap in isearch menuselect; do
    \builtin bindkey -M $keymap '^G' send-break 2>/dev/null
  done
  \builtin return 0
}
\builtin typeset -g __shellper_line='' __shellper_answer='' __shellper_taken_back='' __shellper_ahead=0
__shellper_bind
\builtin unfunction __shellper_bind

# ---- Completion ------------------------------------------------------------------------------------------------------

# Read from its file on the first TAB; compinit finds it in fpath when it comes later than this.
__shellper_completion() {
  \builtin emulate -L zsh
  if ((${+functions[compdef]})); then
    \builtin autoload -Uz '@completions@'/_shellper
    compdef _shellper shellper
  elif ((! ${fpath[(I)'@completions@']})); then
    fpath+=('@completions@')
  fi
}
__shellper_completion
\builtin unfunction __shellper_completion

fi
