#!/usr/bin/env bash
# Runs a program for as long as somebody holds the other end of standard input. When that end is closed, also because its
# holder was killed, the program and all that it started end: first asked, after ten seconds forced. Start it by setsid,
# since it ends its whole process group.
exec 3<&0
"$@" </dev/null 3<&- &
program=$!
cat <&3 >/dev/null &
wait -n
trap '' TERM
kill -TERM 0
for _ in {1..100}; do
  kill -0 "$program" 2>/dev/null || break
  sleep 0.1
done
kill -KILL 0
