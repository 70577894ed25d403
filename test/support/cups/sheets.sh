#!/bin/sh
# The end of the way of a CUPS printer: keeps each job as a PDF, page by page while there is paper, and waits for more when it is out.
[ $# -eq 0 ] && exit 0
folder="${DEVICE_URI#sheets:}"
job="$1"
cat "${6:--}" > "$folder/$job.part"
pages=$(pdfinfo "$folder/$job.part" | sed -n 's/^Pages: *//p')
page=0
while [ "$page" -lt "$pages" ]; do
  left=$(cat "$folder/paper")
  if [ "$left" -le 0 ]; then
    echo "STATE: +media-empty-error" >&2
    read -r left < "$folder/refill"
    echo "STATE: -media-empty-error" >&2
  fi
  echo $((left - 1)) > "$folder/paper"
  page=$((page + 1))
  echo "$job $page" >> "$folder/log"
  echo "PAGE: $page 1" >&2
done
mv "$folder/$job.part" "$folder/$job.pdf"
