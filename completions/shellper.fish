# Generated from the command line by: shellper completions --write

# The command that the words before the cursor have led to, then the number of its operands so far.
function __fish_shellper_place
    set -l place
    set -l operands 0
    set -l skip 0
    for word in (commandline -opc)[2..]
        if test $skip -eq 1
            set skip 0
            continue
        end
        switch $word
            case --engine --model --base-url --tools
                set skip 1
            case '-*'
            case '*'
                switch "$place/$word"
                    case '/chat'
                        set place 'chat'
                        set operands 0
                    case '/check'
                        set place 'check'
                        set operands 0
                    case '/completions'
                        set place 'completions'
                        set operands 0
                    case '/config'
                        set place 'config'
                        set operands 0
                    case '/doctor'
                        set place 'doctor'
                        set operands 0
                    case '/explain'
                        set place 'explain'
                        set operands 0
                    case '/history'
                        set place 'history'
                        set operands 0
                    case '/init'
                        set place 'init'
                        set operands 0
                    case '/reset'
                        set place 'reset'
                        set operands 0
                    case 'config/edit'
                        set place 'config edit'
                        set operands 0
                    case 'config/path'
                        set place 'config path'
                        set operands 0
                    case 'config/set'
                        set place 'config set'
                        set operands 0
                    case 'config/show'
                        set place 'config show'
                        set operands 0
                    case 'config/unset'
                        set place 'config unset'
                        set operands 0
                    case '*'
                        set operands (math $operands + 1)
                end
        end
    end
    echo "$place/$operands"
end

# Whether the cursor is at the command, and, with a number, at that operand.
function __fish_shellper_at
    string match -q -- "$argv[1]/$argv[2]" (__fish_shellper_place)
end

complete -c shellper -f
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a chat -d 'Talk: type a request, see the command, run it or not'
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a check -d 'Say how dangerous a command is, and why, without running it'
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a completions -d 'Print the completions of a shell'
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a config -d 'Show and change the settings'
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a doctor -d 'Check the installation, and say how to mend it'
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a explain -d 'Say what each part of COMMAND does, how dangerous it is, and what it does to files'
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a history -d 'Show this terminal\'s conversation: each request, and the command or question that'
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a init -d 'Print the hook of a shell'
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a reset -d 'Forget this terminal\'s conversation: the next request starts a new one'
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -F
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -l engine -r -a 'embedded endpoint' -d 'Where the model runs: in shellper, or on a server'
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -l model -r -F -a '(command shellper completions --models 2>/dev/null)' -d 'A model\'s name on the server, or a GGUF file'
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -l base-url -r -d 'A server that speaks OpenAI\'s protocol'
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -l tools -r -a 'shell gorilla' -d 'The tools that the model may use'
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -l verbose -d 'Show the model\'s tool call'
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -l new -d 'Neither continue nor keep the conversation'
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -l execute-commands -d 'Run commands without asking'
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -l allow-recursive -d 'Let whole folders be removed'
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -l json -d 'Answer as JSON'
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -l version -d 'Show the version'
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -l help -d 'Show the help.'
complete -c shellper -n '__fish_shellper_at \'chat\' \'*\'' -l engine -r -a 'embedded endpoint' -d 'Where the model runs: in shellper, or on a server'
complete -c shellper -n '__fish_shellper_at \'chat\' \'*\'' -l model -r -F -a '(command shellper completions --models 2>/dev/null)' -d 'A model\'s name on the server, or a GGUF file'
complete -c shellper -n '__fish_shellper_at \'chat\' \'*\'' -l base-url -r -d 'A server that speaks OpenAI\'s protocol'
complete -c shellper -n '__fish_shellper_at \'chat\' \'*\'' -l tools -r -a 'shell gorilla' -d 'The tools that the model may use'
complete -c shellper -n '__fish_shellper_at \'chat\' \'*\'' -l verbose -d 'Show the model\'s tool call'
complete -c shellper -n '__fish_shellper_at \'chat\' \'*\'' -l new -d 'Neither continue nor keep the conversation'
complete -c shellper -n '__fish_shellper_at \'chat\' \'*\'' -l execute-commands -d 'Run commands without asking'
complete -c shellper -n '__fish_shellper_at \'chat\' \'*\'' -l allow-recursive -d 'Let whole folders be removed'
complete -c shellper -n '__fish_shellper_at \'chat\' \'*\'' -l help -d 'Show the help.'
complete -c shellper -n '__fish_shellper_at \'check\' \'*\'' -l json -d 'Answer as JSON'
complete -c shellper -n '__fish_shellper_at \'check\' \'*\'' -l help -d 'Show the help.'
complete -c shellper -n '__fish_shellper_at \'completions\' \'0\'' -a 'bash zsh fish'
complete -c shellper -n '__fish_shellper_at \'completions\' \'*\'' -l write -d 'Write the files of all shells, for the developers'
complete -c shellper -n '__fish_shellper_at \'completions\' \'*\'' -l models -d 'Print the models at the endpoint, as the completions do'
complete -c shellper -n '__fish_shellper_at \'completions\' \'*\'' -l help -d 'Show the help.'
complete -c shellper -n '__fish_shellper_at \'config\' \'0\'' -a edit -d 'Open the configuration file in your editor, and check it afterwards'
complete -c shellper -n '__fish_shellper_at \'config\' \'0\'' -a path -d 'Print where the configuration file is, or would be'
complete -c shellper -n '__fish_shellper_at \'config\' \'0\'' -a set -d 'Write a setting to the configuration file'
complete -c shellper -n '__fish_shellper_at \'config\' \'0\'' -a show -d 'Show each setting, its value, where that comes from, and what it is for'
complete -c shellper -n '__fish_shellper_at \'config\' \'0\'' -a unset -d 'Remove a setting from the configuration file: its default holds again'
complete -c shellper -n '__fish_shellper_at \'config\' \'*\'' -l help -d 'Show the help.'
complete -c shellper -n '__fish_shellper_at \'config edit\' \'*\'' -l help -d 'Show the help.'
complete -c shellper -n '__fish_shellper_at \'config path\' \'*\'' -l help -d 'Show the help.'
complete -c shellper -n '__fish_shellper_at \'config set\' \'0\'' -a 'engine model base_url api_key tools timeout threads job_description allow_recursive verbose'
complete -c shellper -n '__fish_shellper_at \'config set\' \'*\'' -l help -d 'Show the help.'
complete -c shellper -n '__fish_shellper_at \'config show\' \'*\'' -l json -d 'Answer as JSON'
complete -c shellper -n '__fish_shellper_at \'config show\' \'*\'' -l help -d 'Show the help.'
complete -c shellper -n '__fish_shellper_at \'config unset\' \'0\'' -a 'engine model base_url api_key tools timeout threads job_description allow_recursive verbose'
complete -c shellper -n '__fish_shellper_at \'config unset\' \'*\'' -l help -d 'Show the help.'
complete -c shellper -n '__fish_shellper_at \'doctor\' \'*\'' -l engine -r -a 'embedded endpoint' -d 'Where the model runs: in shellper, or on a server'
complete -c shellper -n '__fish_shellper_at \'doctor\' \'*\'' -l model -r -F -a '(command shellper completions --models 2>/dev/null)' -d 'A model\'s name on the server, or a GGUF file'
complete -c shellper -n '__fish_shellper_at \'doctor\' \'*\'' -l base-url -r -d 'A server that speaks OpenAI\'s protocol'
complete -c shellper -n '__fish_shellper_at \'doctor\' \'*\'' -l tools -r -a 'shell gorilla' -d 'The tools that the model may use'
complete -c shellper -n '__fish_shellper_at \'doctor\' \'*\'' -l verbose -d 'Show the model\'s tool call'
complete -c shellper -n '__fish_shellper_at \'doctor\' \'*\'' -l json -d 'Answer as JSON'
complete -c shellper -n '__fish_shellper_at \'doctor\' \'*\'' -l help -d 'Show the help.'
complete -c shellper -n '__fish_shellper_at \'explain\' \'*\'' -l json -d 'Print one JSON object'
complete -c shellper -n '__fish_shellper_at \'explain\' \'*\'' -l help -d 'Show the help.'
complete -c shellper -n '__fish_shellper_at \'history\' \'*\'' -l json -d 'Answer as JSON'
complete -c shellper -n '__fish_shellper_at \'history\' \'*\'' -l help -d 'Show the help.'
complete -c shellper -n '__fish_shellper_at \'init\' \'0\'' -a 'bash zsh fish'
complete -c shellper -n '__fish_shellper_at \'init\' \'*\'' -l help -d 'Show the help.'
complete -c shellper -n '__fish_shellper_at \'reset\' \'*\'' -l help -d 'Show the help.'
