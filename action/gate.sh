#!/usr/bin/env bash
# Judges the image by layerscope ci. Its exit status and the paths of the reports are outputs; the step itself succeeds,
# so that the comment is written whatever the verdict.
set -euo pipefail

reports=$(mktemp -d "${RUNNER_TEMP:-/tmp}/layerscope.XXXXXX")

if [ -n "$EXECUTABLE" ]; then
  layerscope=("$EXECUTABLE")
else
  # The action and the program belong together unless the workflow says otherwise.
  version=${VERSION:-$(node -p 'JSON.parse(fs.readFileSync(process.argv[1])).version' "$GITHUB_ACTION_PATH/package.json")}
  layerscope=(npx --yes "layerscope@$version")
fi

options=()
# With the equals sign a value that starts with a hyphen stays a value.
for report in text github json markdown sarif; do options+=("--report=$report=$reports/layerscope.$report"); done
[ -z "$DOCKERFILE" ] || options+=("--dockerfile=$DOCKERFILE")
[ -z "$BUILD_CONTEXT" ] || options+=("--context=$BUILD_CONTEXT")
[ -z "$BASELINE" ] || options+=("--baseline=$BASELINE")
[ -z "$CONFIG" ] || options+=("--config=$CONFIG")
[ -z "$FAIL_ON" ] || options+=("--fail-on=$FAIL_ON")
while IFS= read -r option; do
  option=${option%$'\r'}
  [ -z "$option" ] || options+=("$option")
done <<<"$MORE_ARGS"

# Names in an image are a stranger's: what looks like a command to the runner must not be one.
mark=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
printf '::stop-commands::%s\n' "$mark"
status=0
"${layerscope[@]}" ci "${options[@]}" -- "$IMAGE" </dev/null 2>&1 || status=$?
[ ! -s "$reports/layerscope.text" ] || cat "$reports/layerscope.text"
annotations=$reports/layerscope.github
[ ! -s "$annotations" ] || grep -v '^::' "$annotations" || true
printf '\n::%s::\n' "$mark"
[ ! -s "$annotations" ] || grep '^::' "$annotations" || true

# Without a report nothing was judged, whoever ended with what: npm says 1 when it finds no package.
[ -s "$reports/layerscope.json" ] || status=2
[ "$status" -le 2 ] || status=2

{
  echo "status=$status"
  if [ -s "$reports/layerscope.json" ]; then
    node -p '
      const { image, budgets, comparison } = JSON.parse(fs.readFileSync(process.argv[1]));
      `verdict=${budgets.verdict}\nsize=${image.sizeBytes}\nchange=${comparison?.size.change ?? ""}`
    ' "$reports/layerscope.json"
  else
    echo verdict=error
  fi
  for report in json markdown sarif; do
    [ ! -s "$reports/layerscope.$report" ] || echo "$report=$reports/layerscope.$report"
  done
} >>"$GITHUB_OUTPUT"
