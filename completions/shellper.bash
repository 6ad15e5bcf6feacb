# Generated from the command line by: shellper completions --write
# shellcheck shell=bash

# The word at the cursor and the one before it; bash splits them at = and : as well.
_shellper() {
  \builtin local word="${COMP_WORDS[COMP_CWORD]-}" before="${COMP_WORDS[COMP_CWORD - 1]}" place='' operand=0
  \builtin local index start each meant cut
  [[ $word != = ]] || word=''
  for ((index = COMP_CWORD - 1; index > 1; index--)); do
    if [[ ${COMP_WORDS[index]} == : || ($word == :* && ${COMP_WORDS[index]} != -*) ]]; then
      word=${COMP_WORDS[index]}$word before=${COMP_WORDS[index - 1]}
    else
      break
    fi
  done
  start=$((index + 1))
  [[ $before != = ]] || before=${COMP_WORDS[index - 1]}
  meant=${word//\\/} meant=${meant#[\"\']} # without its quotes
  for ((index = 1; index < start; index++)); do
    each=${COMP_WORDS[index]}
    case "$each" in
      --engine | --model | --base-url | --tools | --predictions | --misses | --plot | --limit | --out | --turns | --seed | --add | --blocklist | --data | --base | --epochs | --learning-rate | --row | --batch | --quantize | --name | --licence | --license) ((index += 1)) ;;
      --compare) ((index += 2)) ;;
      -*) ;;
      *)
        case "$place/$each" in
          "/chat") place="chat" operand=0 ;;
          "/check") place="check" operand=0 ;;
          "/completions") place="completions" operand=0 ;;
          "/config") place="config" operand=0 ;;
          "/doctor") place="doctor" operand=0 ;;
          "/evaluate") place="evaluate" operand=0 ;;
          "/explain") place="explain" operand=0 ;;
          "/feedback") place="feedback" operand=0 ;;
          "/history") place="history" operand=0 ;;
          "/init") place="init" operand=0 ;;
          "/model") place="model" operand=0 ;;
          "/reset") place="reset" operand=0 ;;
          "/synthesize") place="synthesize" operand=0 ;;
          "/train") place="train" operand=0 ;;
          "config/edit") place="config edit" operand=0 ;;
          "config/path") place="config path" operand=0 ;;
          "config/set") place="config set" operand=0 ;;
          "config/show") place="config show" operand=0 ;;
          "config/unset") place="config unset" operand=0 ;;
          "config set/engine") place="config set engine" operand=0 ;;
          "config set/model") place="config set model" operand=0 ;;
          "config set/base_url") place="config set base_url" operand=0 ;;
          "config set/api_key") place="config set api_key" operand=0 ;;
          "config set/tools") place="config set tools" operand=0 ;;
          "config set/timeout") place="config set timeout" operand=0 ;;
          "config set/threads") place="config set threads" operand=0 ;;
          "config set/job_description") place="config set job_description" operand=0 ;;
          "config set/allow_recursive") place="config set allow_recursive" operand=0 ;;
          "config set/feedback") place="config set feedback" operand=0 ;;
          "config set/verbose") place="config set verbose" operand=0 ;;
          "feedback/clear") place="feedback clear" operand=0 ;;
          "feedback/export") place="feedback export" operand=0 ;;
          "feedback/list") place="feedback list" operand=0 ;;
          "feedback/wrong") place="feedback wrong" operand=0 ;;
          "model/info") place="model info" operand=0 ;;
          "model/list") place="model list" operand=0 ;;
          "model/path") place="model path" operand=0 ;;
          "model/use") place="model use" operand=0 ;;
          *) ((++operand)) ;;
        esac
        ;;
    esac
  done
  COMPREPLY=()
  case "$place/$before" in
    */--engine) _shellper_words embedded endpoint ;;
    */--model) _shellper_names --models ;;
    */--base-url) : ;;
    */--tools) _shellper_words shell gorilla ;;
    */--predictions) _shellper_files -f ;;
    */--misses) _shellper_files -f ;;
    */--plot) _shellper_files -f ;;
    */--compare) _shellper_files -f ;;
    */--limit) : ;;
    */--out) _shellper_files -d ;;
    */--turns) : ;;
    */--seed) : ;;
    */--add) _shellper_files -f ;;
    */--blocklist) _shellper_files -f ;;
    */--data) _shellper_files -f ;;
    */--base) _shellper_files -f ;;
    */--epochs) : ;;
    */--learning-rate) : ;;
    */--row) : ;;
    */--batch) : ;;
    */--quantize) _shellper_words Q4_0 Q5_0 Q8_0 F16 ;;
    */--name) : ;;
    */--licence) : ;;
    */--license) : ;;
    *)
      if [[ $word == -* ]]; then
        case "$place" in
          "") _shellper_words --engine --model --base-url --tools --verbose --new --execute-commands --allow-recursive --json --version --help ;;
          "chat") _shellper_words --engine --model --base-url --tools --verbose --new --execute-commands --allow-recursive --help ;;
          "check") _shellper_words --json --help ;;
          "completions") _shellper_words --write --models --model-names --help ;;
          "config") _shellper_words --json --help ;;
          "config edit") _shellper_words --help ;;
          "config path") _shellper_words --help ;;
          "config set") _shellper_words --help ;;
          "config show") _shellper_words --json --help ;;
          "config unset") _shellper_words --help ;;
          "doctor") _shellper_words --engine --model --base-url --tools --json --help ;;
          "evaluate") _shellper_words --predictions --misses --plot --compare --limit --engine --model --base-url --tools --json --help ;;
          "explain") _shellper_words --json --help ;;
          "feedback") _shellper_words --help ;;
          "feedback clear") _shellper_words --help ;;
          "feedback export") _shellper_words --help ;;
          "feedback list") _shellper_words --json --help ;;
          "feedback wrong") _shellper_words --help ;;
          "history") _shellper_words --json --help ;;
          "init") _shellper_words --help ;;
          "model") _shellper_words --json --help ;;
          "model info") _shellper_words --json --help ;;
          "model list") _shellper_words --json --help ;;
          "model path") _shellper_words --help ;;
          "model use") _shellper_words --help ;;
          "reset") _shellper_words --help ;;
          "synthesize") _shellper_words --out --turns --seed --add --blocklist --json --help ;;
          "train") _shellper_words --data --base --out --epochs --learning-rate --seed --row --batch --quantize --name --licence --license --resume --help ;;
        esac
      else
        case "$place/$operand" in
          "/0") _shellper_words chat check completions config doctor evaluate explain feedback history init model reset synthesize train ;;
          "/"*) _shellper_files -f ;;
          "completions/0") _shellper_words bash zsh fish ;;
          "config/0") _shellper_words edit path set show unset ;;
          "config set/0") _shellper_words engine model base_url api_key tools timeout threads job_description allow_recursive feedback verbose ;;
          "config set engine/0") _shellper_words embedded endpoint ;;
          "config set model/0") _shellper_names --models ;;
          "config set tools/0") _shellper_words shell gorilla ;;
          "config set job_description/0") _shellper_files -f ;;
          "config set allow_recursive/0") _shellper_words true false ;;
          "config set feedback/0") _shellper_words true false ;;
          "config set verbose/0") _shellper_words true false ;;
          "config unset/0") _shellper_words engine model base_url api_key tools timeout threads job_description allow_recursive feedback verbose ;;
          "evaluate/0") _shellper_files -f ;;
          "feedback/0") _shellper_words clear export list wrong ;;
          "feedback export/0") _shellper_files -d ;;
          "init/0") _shellper_words bash zsh fish ;;
          "model/0") _shellper_words info list path use ;;
          "model info/0") _shellper_names --model-names ;;
          "model use/0") _shellper_names --model-names ;;
        esac
      fi
      ;;
  esac
  cut=${meant%"${meant##*:}"}
  # Before 4.4 `set -u` takes an empty array for an unset one.
  [[ $cut != *: ]] || COMPREPLY=(${COMPREPLY[@]+"${COMPREPLY[@]#"$cut"}"})
}

# Not by compgen -W, which runs what stands in $( ) or backquotes, and names may come from a server.
_shellper_words() {
  \builtin local each
  for each; do
    [[ $each != "$meant"* ]] || COMPREPLY+=("$each")
  done
}

_shellper_names() {
  \builtin local line
  while IFS= \builtin read -r line; do
    _shellper_words "$line"
  done < <(\builtin command shellper completions "$1" 2>/dev/null)
  _shellper_files -d
  _shellper_files -f -X '!*.gguf'
}

_shellper_files() {
  \builtin local line
  \builtin compopt -o filenames 2>/dev/null
  while IFS= \builtin read -r line; do
    COMPREPLY+=("$line")
  done < <(\builtin compgen "$@" -- "$word")
}

\builtin complete -F _shellper shellper
