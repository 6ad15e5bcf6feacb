# Generated from the command line by: shellper completions --write

# The command that the words before the cursor have led to, then the number of its operands so far.
function __fish_shellper_place
    set -l place
    set -l operands 0
    set -l skip 0
    for word in (commandline -opc)[2..]
        if test $skip -gt 0
            set skip (math $skip - 1)
            continue
        end
        switch $word
            case --engine --model --base-url --tools --predictions --misses --plot --limit --out --turns --seed --add --blocklist --data --base --epochs --learning-rate --row --batch --quantize --name --licence --license
                set skip 1
            case --compare
                set skip 2
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
                    case '/evaluate'
                        set place 'evaluate'
                        set operands 0
                    case '/explain'
                        set place 'explain'
                        set operands 0
                    case '/feedback'
                        set place 'feedback'
                        set operands 0
                    case '/history'
                        set place 'history'
                        set operands 0
                    case '/init'
                        set place 'init'
                        set operands 0
                    case '/model'
                        set place 'model'
                        set operands 0
                    case '/reset'
                        set place 'reset'
                        set operands 0
                    case '/synthesize'
                        set place 'synthesize'
                        set operands 0
                    case '/train'
                        set place 'train'
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
                    case 'config set/engine'
                        set place 'config set engine'
                        set operands 0
                    case 'config set/model'
                        set place 'config set model'
                        set operands 0
                    case 'config set/base_url'
                        set place 'config set base_url'
                        set operands 0
                    case 'config set/api_key'
                        set place 'config set api_key'
                        set operands 0
                    case 'config set/tools'
                        set place 'config set tools'
                        set operands 0
                    case 'config set/timeout'
                        set place 'config set timeout'
                        set operands 0
                    case 'config set/threads'
                        set place 'config set threads'
                        set operands 0
                    case 'config set/job_description'
                        set place 'config set job_description'
                        set operands 0
                    case 'config set/allow_recursive'
                        set place 'config set allow_recursive'
                        set operands 0
                    case 'config set/feedback'
                        set place 'config set feedback'
                        set operands 0
                    case 'config set/verbose'
                        set place 'config set verbose'
                        set operands 0
                    case 'feedback/clear'
                        set place 'feedback clear'
                        set operands 0
                    case 'feedback/export'
                        set place 'feedback export'
                        set operands 0
                    case 'feedback/list'
                        set place 'feedback list'
                        set operands 0
                    case 'feedback/wrong'
                        set place 'feedback wrong'
                        set operands 0
                    case 'model/info'
                        set place 'model info'
                        set operands 0
                    case 'model/list'
                        set place 'model list'
                        set operands 0
                    case 'model/path'
                        set place 'model path'
                        set operands 0
                    case 'model/use'
                        set place 'model use'
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

# Names that the program knows, model files, and the folders in which some may be.
function __fish_shellper_models
    command shellper completions $argv[1] 2>/dev/null
    set -l typed (commandline -ct | string replace -r -- '^--[^=]*=' '')
    complete -C "__fish_command_without_completions $typed" | string match -r -- '^.*(?:\.gguf|/)(?:\t.*)?$'
end

complete -c shellper -f
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a chat -d 'Talk: ask, see the command, run it'
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a check -d 'Say how dangerous a command is'
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a completions -d 'Print the completions of a shell'
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a config -d 'Show and change the settings'
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a doctor -d 'Check the installation, and say how to mend it'
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a evaluate -d 'Measure an engine on a file of requests'
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a explain -d 'Say what each part of a command does'
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a feedback -d 'Report a wrong command, with the right one'
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a history -d 'Show this terminal\'s conversation'
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a init -d 'Print the hook of a shell'
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a model -d 'Show and choose the embedded model'
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a reset -d 'Forget this terminal\'s conversation'
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a synthesize -d 'Make training data'
complete -c shellper -n '__fish_shellper_at \'\' \'0\'' -a train -d 'Fine-tune a model of your own'
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -F
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -l engine -x -a 'embedded endpoint' -d 'Where the model runs: in shellper, or on a server'
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -l model -x -a '(__fish_shellper_models --models)' -d 'A model\'s name on the server, or a GGUF file'
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -l base-url -x -d 'A server that speaks OpenAI\'s protocol'
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -l tools -x -a 'shell gorilla' -d 'The tools that the model may use'
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -l verbose -d 'Show the model\'s tool call'
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -l new -d 'Neither continue nor keep the conversation'
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -l execute-commands -d 'Run commands; destructive ones ask'
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -l allow-recursive -d 'Let whole folders be removed'
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -l json -d 'Answer as JSON'
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -l version -d 'Show the version'
complete -c shellper -n '__fish_shellper_at \'\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'chat\' \'*\'' -l engine -x -a 'embedded endpoint' -d 'Where the model runs: in shellper, or on a server'
complete -c shellper -n '__fish_shellper_at \'chat\' \'*\'' -l model -x -a '(__fish_shellper_models --models)' -d 'A model\'s name on the server, or a GGUF file'
complete -c shellper -n '__fish_shellper_at \'chat\' \'*\'' -l base-url -x -d 'A server that speaks OpenAI\'s protocol'
complete -c shellper -n '__fish_shellper_at \'chat\' \'*\'' -l tools -x -a 'shell gorilla' -d 'The tools that the model may use'
complete -c shellper -n '__fish_shellper_at \'chat\' \'*\'' -l verbose -d 'Show the model\'s tool call'
complete -c shellper -n '__fish_shellper_at \'chat\' \'*\'' -l new -d 'Neither continue nor keep the conversation'
complete -c shellper -n '__fish_shellper_at \'chat\' \'*\'' -l execute-commands -d 'Run commands; destructive ones ask'
complete -c shellper -n '__fish_shellper_at \'chat\' \'*\'' -l allow-recursive -d 'Let whole folders be removed'
complete -c shellper -n '__fish_shellper_at \'chat\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'check\' \'*\'' -l json -d 'Answer as JSON'
complete -c shellper -n '__fish_shellper_at \'check\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'completions\' \'0\'' -a 'bash zsh fish'
complete -c shellper -n '__fish_shellper_at \'completions\' \'*\'' -l write -d 'Write the files of all shells, for the developers'
complete -c shellper -n '__fish_shellper_at \'completions\' \'*\'' -l models -d 'Print the models at the endpoint, as the completions do'
complete -c shellper -n '__fish_shellper_at \'completions\' \'*\'' -l model-names -d 'Print the names of model files, as the completions do'
complete -c shellper -n '__fish_shellper_at \'completions\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'config\' \'0\'' -a edit -d 'Open the file in your editor'
complete -c shellper -n '__fish_shellper_at \'config\' \'0\'' -a path -d 'Print where the configuration file is, or would be'
complete -c shellper -n '__fish_shellper_at \'config\' \'0\'' -a set -d 'Write a setting to the file'
complete -c shellper -n '__fish_shellper_at \'config\' \'0\'' -a show -d 'Show the settings'
complete -c shellper -n '__fish_shellper_at \'config\' \'0\'' -a unset -d 'Remove a setting: its default holds'
complete -c shellper -n '__fish_shellper_at \'config\' \'*\'' -l json -d 'Answer as JSON'
complete -c shellper -n '__fish_shellper_at \'config\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'config edit\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'config path\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'config set\' \'0\'' -a engine -d 'embedded: the model in the package; endpoint: a server'
complete -c shellper -n '__fish_shellper_at \'config set\' \'0\'' -a model -d 'a GGUF file for the embedded engine, a model\'s name for an endpoint'
complete -c shellper -n '__fish_shellper_at \'config set\' \'0\'' -a base_url -d 'the endpoint, any server that speaks OpenAI\'s protocol'
complete -c shellper -n '__fish_shellper_at \'config set\' \'0\'' -a api_key -d 'the endpoint\'s key; none is needed on this machine'
complete -c shellper -n '__fish_shellper_at \'config set\' \'0\'' -a tools -d 'shell: everything; gorilla: the 18 of distil_model'
complete -c shellper -n '__fish_shellper_at \'config set\' \'0\'' -a timeout -d 'seconds to wait for an endpoint'
complete -c shellper -n '__fish_shellper_at \'config set\' \'0\'' -a threads -d 'threads of the embedded engine; 0 takes the physical cores, at most 4'
complete -c shellper -n '__fish_shellper_at \'config set\' \'0\'' -a job_description -d 'a job_description.json whose task and tools an endpoint is given'
complete -c shellper -n '__fish_shellper_at \'config set\' \'0\'' -a allow_recursive -d 'let folders be removed with all they hold'
complete -c shellper -n '__fish_shellper_at \'config set\' \'0\'' -a feedback -d 'let shellper feedback keep what you say was wrong, on this machine'
complete -c shellper -n '__fish_shellper_at \'config set\' \'0\'' -a verbose -d 'show the model\'s tool call on standard error'
complete -c shellper -n '__fish_shellper_at \'config set\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'config set engine\' \'0\'' -a 'embedded endpoint'
complete -c shellper -n '__fish_shellper_at \'config set model\' \'0\'' -a '(__fish_shellper_models --models)'
complete -c shellper -n '__fish_shellper_at \'config set tools\' \'0\'' -a 'shell gorilla'
complete -c shellper -n '__fish_shellper_at \'config set job_description\' \'0\'' -F
complete -c shellper -n '__fish_shellper_at \'config set allow_recursive\' \'0\'' -a 'true false'
complete -c shellper -n '__fish_shellper_at \'config set feedback\' \'0\'' -a 'true false'
complete -c shellper -n '__fish_shellper_at \'config set verbose\' \'0\'' -a 'true false'
complete -c shellper -n '__fish_shellper_at \'config show\' \'*\'' -l json -d 'Answer as JSON'
complete -c shellper -n '__fish_shellper_at \'config show\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'config unset\' \'0\'' -a 'engine model base_url api_key tools timeout threads job_description allow_recursive feedback verbose'
complete -c shellper -n '__fish_shellper_at \'config unset\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'doctor\' \'*\'' -l engine -x -a 'embedded endpoint' -d 'Where the model runs: in shellper, or on a server'
complete -c shellper -n '__fish_shellper_at \'doctor\' \'*\'' -l model -x -a '(__fish_shellper_models --models)' -d 'A model\'s name on the server, or a GGUF file'
complete -c shellper -n '__fish_shellper_at \'doctor\' \'*\'' -l base-url -x -d 'A server that speaks OpenAI\'s protocol'
complete -c shellper -n '__fish_shellper_at \'doctor\' \'*\'' -l tools -x -a 'shell gorilla' -d 'The tools that the model may use'
complete -c shellper -n '__fish_shellper_at \'doctor\' \'*\'' -l json -d 'Answer as JSON'
complete -c shellper -n '__fish_shellper_at \'doctor\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'evaluate\' \'0\'' -F
complete -c shellper -n '__fish_shellper_at \'evaluate\' \'*\'' -l predictions -r -F -d 'Write each answer here, one JSON object a line'
complete -c shellper -n '__fish_shellper_at \'evaluate\' \'*\'' -l misses -r -F -d 'Write the wrong answers here, with the right ones'
complete -c shellper -n '__fish_shellper_at \'evaluate\' \'*\'' -l plot -r -F -d 'Draw accuracy and confidence (.png, .svg, .pdf)'
complete -c shellper -n '__fish_shellper_at \'evaluate\' \'*\'' -l compare -r -F -d 'Compare two predictions files; ask nothing'
complete -c shellper -n '__fish_shellper_at \'evaluate\' \'*\'' -l limit -x -d 'Only the first N requests'
complete -c shellper -n '__fish_shellper_at \'evaluate\' \'*\'' -l engine -x -a 'embedded endpoint' -d 'Where the model runs: in shellper, or on a server'
complete -c shellper -n '__fish_shellper_at \'evaluate\' \'*\'' -l model -x -a '(__fish_shellper_models --models)' -d 'A model\'s name on the server, or a GGUF file'
complete -c shellper -n '__fish_shellper_at \'evaluate\' \'*\'' -l base-url -x -d 'A server that speaks OpenAI\'s protocol'
complete -c shellper -n '__fish_shellper_at \'evaluate\' \'*\'' -l tools -x -a 'shell gorilla' -d 'The tools that the model may use'
complete -c shellper -n '__fish_shellper_at \'evaluate\' \'*\'' -l json -d 'Answer as JSON'
complete -c shellper -n '__fish_shellper_at \'evaluate\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'explain\' \'*\'' -l json -d 'Answer as JSON'
complete -c shellper -n '__fish_shellper_at \'explain\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'feedback\' \'0\'' -a clear -d 'Forget everything that was noted'
complete -c shellper -n '__fish_shellper_at \'feedback\' \'0\'' -a export -d 'Write it as training data'
complete -c shellper -n '__fish_shellper_at \'feedback\' \'0\'' -a list -d 'Show what was noted'
complete -c shellper -n '__fish_shellper_at \'feedback\' \'0\'' -a wrong -d 'The last answer was wrong; say the right one'
complete -c shellper -n '__fish_shellper_at \'feedback\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'feedback clear\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'feedback export\' \'0\'' -a '(__fish_complete_directories)'
complete -c shellper -n '__fish_shellper_at \'feedback export\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'feedback list\' \'*\'' -l json -d 'Answer as JSON'
complete -c shellper -n '__fish_shellper_at \'feedback list\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'feedback wrong\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'history\' \'*\'' -l json -d 'Answer as JSON'
complete -c shellper -n '__fish_shellper_at \'history\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'init\' \'0\'' -a 'bash zsh fish'
complete -c shellper -n '__fish_shellper_at \'init\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'model\' \'0\'' -a info -d 'Show what a model says of itself'
complete -c shellper -n '__fish_shellper_at \'model\' \'0\'' -a list -d 'Show the models'
complete -c shellper -n '__fish_shellper_at \'model\' \'0\'' -a path -d 'Print where the model file in use is'
complete -c shellper -n '__fish_shellper_at \'model\' \'0\'' -a use -d 'Choose a model'
complete -c shellper -n '__fish_shellper_at \'model\' \'*\'' -l json -d 'Answer as JSON'
complete -c shellper -n '__fish_shellper_at \'model\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'model info\' \'0\'' -a '(__fish_shellper_models --model-names)'
complete -c shellper -n '__fish_shellper_at \'model info\' \'*\'' -l json -d 'Answer as JSON'
complete -c shellper -n '__fish_shellper_at \'model info\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'model list\' \'*\'' -l json -d 'Answer as JSON'
complete -c shellper -n '__fish_shellper_at \'model list\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'model path\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'model use\' \'0\'' -a '(__fish_shellper_models --model-names)'
complete -c shellper -n '__fish_shellper_at \'model use\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'reset\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'synthesize\' \'*\'' -l out -x -a '(__fish_complete_directories)' -d 'Where to'
complete -c shellper -n '__fish_shellper_at \'synthesize\' \'*\'' -l turns -x -d 'How many requests to make'
complete -c shellper -n '__fish_shellper_at \'synthesize\' \'*\'' -l seed -x -d 'Another seed, other data'
complete -c shellper -n '__fish_shellper_at \'synthesize\' \'*\'' -l add -r -F -d 'Your own train.jsonl, folder or .turns'
complete -c shellper -n '__fish_shellper_at \'synthesize\' \'*\'' -l blocklist -r -F -d 'More texts not to train on, as hashes'
complete -c shellper -n '__fish_shellper_at \'synthesize\' \'*\'' -l json -d 'Answer as JSON'
complete -c shellper -n '__fish_shellper_at \'synthesize\' \'*\'' -l help -d 'Show the help'
complete -c shellper -n '__fish_shellper_at \'train\' \'*\'' -l data -r -F -d 'Training data'
complete -c shellper -n '__fish_shellper_at \'train\' \'*\'' -l base -r -F -d 'The model to start from; by default the packaged one'
complete -c shellper -n '__fish_shellper_at \'train\' \'*\'' -l out -x -a '(__fish_complete_directories)' -d 'Where to; by default a new folder, which shellper model list shows'
complete -c shellper -n '__fish_shellper_at \'train\' \'*\'' -l epochs -x -d 'Times through'
complete -c shellper -n '__fish_shellper_at \'train\' \'*\'' -l learning-rate -x -d 'At most'
complete -c shellper -n '__fish_shellper_at \'train\' \'*\'' -l seed -x -d 'Of the order of the data'
complete -c shellper -n '__fish_shellper_at \'train\' \'*\'' -l row -x -d 'Tokens of a packed row'
complete -c shellper -n '__fish_shellper_at \'train\' \'*\'' -l batch -x -d 'Tokens of a step'
complete -c shellper -n '__fish_shellper_at \'train\' \'*\'' -l quantize -x -a 'Q4_0 Q5_0 Q8_0 F16' -d 'Form of the weights'
complete -c shellper -n '__fish_shellper_at \'train\' \'*\'' -l name -x -d 'What the model is called'
complete -c shellper -n '__fish_shellper_at \'train\' \'*\'' -l licence -l license -x -d 'The licence in the model file; by default the base\'s'
complete -c shellper -n '__fish_shellper_at \'train\' \'*\'' -l resume -d 'Go on where training in --out was stopped'
complete -c shellper -n '__fish_shellper_at \'train\' \'*\'' -l help -d 'Show the help'
