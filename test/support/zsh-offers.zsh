# What zsh offers at the end of a command line, one a line: zsh -f zsh-offers.zsh SCRIPT LINE. Completion runs only in an
# interactive shell, so one is started on a terminal of its own, and its `compadd` told to write down what it is given.
zmodload zsh/zpty
offers=$(mktemp)
zpty shell zsh -f -i
zpty -w shell "
  autoload -U compinit; compinit -u -d ${(q)1}.dump; source ${(q)1}
  bindkey '^I' complete-word
  compadd() {
    if [[ \${@[1,(i)(-|--)]} == *-(O|A|D)\ * ]]; then builtin compadd \"\$@\"; return; fi
    local -a found; builtin compadd -O found \"\$@\"
    (( \$#found )) && print -l -- \$found >> $offers
  }
  comppostfuncs=(exit)"
zpty -w -n shell "$2"$'\t'
# what goes wrong there is said on its terminal: it must not be lost
while zpty -r shell line; do [[ $line == *_arguments:* ]] && print -u2 -- $line; done
cat $offers
rm $offers
