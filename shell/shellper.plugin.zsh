# For plugin managers (oh-my-zsh, zinit, antidote …): loads the hook of the installed program, so that the two never differ.
if (( ${+commands[shellper]} )); then
  eval "$(shellper init zsh)"
fi
