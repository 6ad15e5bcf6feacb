# shellper for fish 3.4 and later. In ~/.config/fish/config.fish:
#
#     shellper init fish | source
#
# SHELLPER_KEY, set before that line, is the key in the notation of `bind`: unset is \cg, empty binds nothing.
# Public functions, to bind as you like:      bind \cxe shellper_explain
#     shellper_request    turns the words on the line into a command; again, and the words are back
#     shellper_explain    says what the command on the line does

if status is-interactive

set -gx SHELLPER_HOOK "fish "'@version@'" $fish_pid"

# ---- The program -----------------------------------------------------------------------------------------------------

# By way of env, which fails silently when the program is gone; fish would print its stack.
function __shellper_program
    /usr/bin/env SHELLPER_SHELL=fish '@program@' $argv
end

# Usage: __shellper_ask LINE ARGUMENT... The program prints a line of message, which may be empty, then the answer, as
# this function does. Returns the exit status.
function __shellper_ask
    builtin printf '%s' "$argv[1]" | __shellper_program $argv[2..] 2>/dev/null
end

# What is said of a program that failed without a word.
function __shellper_failure
    if test $argv[1] -eq 127
        builtin echo 'the program is gone; install it again, then open a new terminal'
    else
        builtin echo "failed with status $argv[1]; run: shellper doctor"
    end
end

# Milliseconds; something else where date does not know them.
function __shellper_clock
    /usr/bin/env date +%s%3N 2>/dev/null
end

# ---- The screen ------------------------------------------------------------------------------------------------------

# Usage: __shellper_mark LINE SIGN. A sign that something is happening: after the line, or at the right edge when the
# cursor is within it. A blank wipes it away.
function __shellper_mark
    test "$TERM" != dumb; or return 0
    set -l move '\e[999C'
    test (commandline -C) -lt (string length -- "$argv[1]"); or set move '\e[K  '
    builtin printf "\e7\e[?7l$move$argv[2]\e[?7h\e8" >/dev/tty
end

# Usage: __shellper_wraps COLUMN TEXT. How many rows down text ends that begins in that column. A wide letter for which a
# row has one column left goes to the next.
function __shellper_wraps
    set -l width (math $argv[1] + (string length -V -- "$argv[2]"))
    if test (string length -V -- "$argv[2]") -ne (string length -- "$argv[2]")
        set width $argv[1]
        for each in (string length -V -- (string split '' -- $argv[2]))
            test (math "$width % $COLUMNS + $each") -le $COLUMNS; or set width (math $width + 1)
            set width (math $width + $each)
        end
    end
    math floor $width / $COLUMNS
end

function __shellper_status
    return $SHELLPER_LAST_STATUS
end

# Usage: __shellper_say LINE... Lines where the prompt stood, and the prompt below them: the repaint that follows goes up
# by as many rows as there are between the prompt's first row and the cursor.
function __shellper_say
    __shellper_status # which a prompt may show
    set -l prompt (fish_prompt)
    # The sign of the vi mode, which has no lines of its own, comes first.
    functions -q fish_mode_prompt; and set prompt[1] (string join '' -- (fish_mode_prompt) "$prompt[1]")
    set -l rows (count $prompt)
    set -l texts (string split \n -- (string sub -l (commandline -C) -- (commandline -b | string collect)))
    # fish sets later lines in as far as the first, and those of a block further.
    set -l lines (commandline -b)
    set -l blocks
    set -q lines[2]; and set blocks (string join \n -- $lines | fish_indent 2>/dev/null | string replace -r '\S.*' '')
    test (count $blocks) -eq (count $lines); or set blocks (string replace -r '.*' '' -- $lines)
    for number in (seq (count $texts))
        set -l width (string length -V -- "$prompt[-1]$blocks[$number]")
        set rows (math $rows + (__shellper_wraps $width $texts[$number]))
    end
    set rows (math $rows + (count $texts) - 2)
    if test "$TERM" = dumb
        builtin printf '\n'
    else
        test $rows -eq 0; or builtin printf '\e[%dA' $rows
        builtin printf '\r\e[J'
    end >/dev/tty
    begin
        builtin printf '%s\n' $argv
        string repeat -N -n $rows \n
    end >/dev/tty
    commandline -f repaint
end

# Usage: __shellper_replace LINE. A dumb terminal cannot wipe what is longer than the new line: that goes on a row below.
function __shellper_replace
    test "$TERM" != dumb; or builtin printf '\n' >/dev/tty
    commandline -r -- $argv
end

# ---- The request -----------------------------------------------------------------------------------------------------

function shellper_request
    set -lx SHELLPER_LAST_STATUS $status
    set -lx SHELLPER_TAKEN_BACK $__shellper_taken_back
    set -l line (commandline -b | string collect)
    if not string match -qr '\S' -- "$line"
        __shellper_say 'shellper: write what you want in plain words, then press the key again'
        return
    end
    if test "$line" = "$__shellper_answer"
        # The key of somebody who saw no answer yet.
        if string match -qr '^\d+$' -- $__shellper_answered; and test (__shellper_clock) -lt (math $__shellper_answered + 50)
            set -g __shellper_answered
            return
        end
        __shellper_replace $__shellper_line
        set -g __shellper_answer
        set -g __shellper_taken_back $__shellper_line
        return
    end
    commandline -f repaint # queued now, for Ctrl-C ends this function too
    __shellper_mark $line …
    set -l reply (__shellper_ask $line hook)
    set -l code $status
    __shellper_mark $line ' '
    set -l message "$reply[1]"
    set -l answer (string join \n -- $reply[2..] | string collect)
    if test $code -eq 0
        test -n "$answer$message"; or set message 'no command came back; say it in other words'
    else if test $code -eq 130
        set message
    else if test -z "$message"
        set message (__shellper_failure $code)
    end
    # The message first: how many rows it is above the prompt is counted by the line that stands there.
    if test -n "$message"
        __shellper_say "shellper: $message"
    else
        commandline -f repaint
    end
    if test $code -eq 0 -a -n "$answer"
        set -g __shellper_line $line
        set -g __shellper_answer $answer
        set -g __shellper_taken_back
        set -g __shellper_answered (__shellper_clock)
        __shellper_replace $answer
    end
end

# Once a line was run, the same words are a new request.
function __shellper_forget --on-event fish_preexec
    set -g __shellper_answer
end

# ---- The explanation -------------------------------------------------------------------------------------------------

function shellper_explain
    set -lx SHELLPER_LAST_STATUS $status
    set -l line (commandline -b | string collect)
    if not string match -qr '\S' -- "$line"
        __shellper_say 'shellper: there is no command on the line to explain'
        return
    end
    commandline -f repaint # queued now, for Ctrl-C ends this function too
    __shellper_mark $line …
    set -l reply (__shellper_ask $line hook --explain)
    set -l code $status
    __shellper_mark $line ' '
    if test $code -eq 0 -a (count $reply) -gt 1
        __shellper_say $reply[2..]
    else if test $code -eq 130
        commandline -f repaint
    else
        test -n "$reply[1]"; or set reply (__shellper_failure $code)
        __shellper_say "shellper: $reply[1]"
    end
end

# ---- The key ---------------------------------------------------------------------------------------------------------

set -q SHELLPER_KEY; or set -l SHELLPER_KEY \cg
if test -n "$SHELLPER_KEY"
    bind $SHELLPER_KEY shellper_request
    bind -M insert $SHELLPER_KEY shellper_request
end

# ---- Completion ------------------------------------------------------------------------------------------------------

# fish reads it from its file on the first TAB.
contains -- '@completions@' $fish_complete_path; or set -ga fish_complete_path '@completions@'

end
