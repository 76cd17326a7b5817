#!/usr/bin/env bash
# Keeps one comment with the report in the pull request, found again by a mark that nobody sees.
set -euo pipefail

case $COMMENT in
  true) ;;
  false) exit 0 ;;
  *) printf 'The input comment is true or false.\n' && exit 1 ;;
esac
case $KEY in
  *[!A-Za-z0-9._/:-]* | *--*) printf 'The input comment-key: letters, digits, dots, single hyphens, slashes and colons.\n' && exit 1 ;;
esac
mark="<!-- layerscope${KEY:+ $KEY} -->"

number=$(node -p 'JSON.parse(fs.readFileSync(process.argv[1])).pull_request?.number ?? ""' "$GITHUB_EVENT_PATH")
if [ -z "$number" ]; then
  echo 'No pull request, no comment.'
  exit 0
fi
case $TOKEN in
  '' | *[!A-Za-z0-9._=+/~-]*) echo 'There is no token, or it is none.' && exit 1 ;;
esac

folder=$(mktemp -d "${RUNNER_TEMP:-/tmp}/layerscope.XXXXXX")
answer=$folder/answer.json
: >"$answer"

# ask METHOD URL [FILE]: prints the status, 000 if there is no answer; the answer is in $answer. The token goes in by
# standard input, for everybody sees a program's arguments.
ask() {
  printf 'header = "Authorization: Bearer %s"\n' "$TOKEN" |
    curl --config - --silent --show-error --max-time 60 --request "$1" \
      --header 'Accept: application/vnd.github+json' --header 'X-GitHub-Api-Version: 2022-11-28' \
      ${3:+--header 'Content-Type: application/json' --data-binary "@$3"} \
      --output "$answer" --write-out '%{http_code}' "$2" || true
}

# End with what GitHub says. As it is for pull requests from forks, whose tokens may not write, that is no failure.
give_up() {
  echo "GitHub answers with status $1:"
  # A stranger's words, perhaps: no line of it is a command to the runner.
  tr -d '\r\n' <"$answer" | cut -c 1-500 | sed 's/^/  /; s/##\[/## [/g'
  case $1 in
    401 | 403 | 404) echo '::notice::The token may not comment on this pull request; the report is in the log and in the summary of the run.' && exit 0 ;;
    *) exit 1 ;;
  esac
}

# Whose comments the token writes. Anybody can write the mark, and what others wrote is not to be overwritten.
echo '{"query":"query{viewer{login}}"}' >"$folder/query.json"
writer='github-actions[bot]'
if [ "$(ask POST "$GITHUB_GRAPHQL_URL" "$folder/query.json")" = 200 ]; then
  writer=$(node -p 'JSON.parse(fs.readFileSync(process.argv[1])).data?.viewer?.login ?? process.argv[2]' "$answer" "$writer")
fi

comments=$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/issues/$number/comments
found=more
for ((page = 1; page <= 100; page++)); do
  [ "$found" = more ] || break
  status=$(ask GET "$comments?per_page=100&page=$page")
  [ "$status" = 200 ] || give_up "$status"
  found=$(node -p '
    const [file, mark, writer] = process.argv.slice(1);
    const page = JSON.parse(fs.readFileSync(file));
    const isOurs = ({ user, body }) => [writer, `${writer}[bot]`].includes(user?.login) && body?.startsWith(mark);
    page.find(isOurs)?.id ?? (page.length < 100 ? "none" : "more")
  ' "$answer" "$mark" "$writer")
done

# The last verdict must not stay where there is none now. GitHub takes 65536 characters.
node -e '
  const [file, mark] = process.argv.slice(1);
  const none = "### layerscope: no result\n\nThe image could not be judged. The log of the run says why.";
  const report = file === "" ? none : fs.readFileSync(file, "utf8");
  console.log(JSON.stringify({ body: `${mark}\n${report}`.slice(0, 65536) }));
' -- "$MARKDOWN" "$mark" >"$folder/body.json"

case $found in
  none | more) status=$(ask POST "$comments" "$folder/body.json") ;;
  *) status=$(ask PATCH "$GITHUB_API_URL/repos/$GITHUB_REPOSITORY/issues/comments/$found" "$folder/body.json") ;;
esac
case $status in
  200 | 201) echo 'The comment is written.' ;;
  *) give_up "$status" ;;
esac
