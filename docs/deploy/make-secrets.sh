#!/bin/sh
# Generates the secrets of a new installation, one file each; existing files are kept.
# Usage: sh docs/deploy/make-secrets.sh [FOLDER] [HOST OF THE DATABASE]
set -eu
folder=${1:-secrets}
host=${2:-postgres}

random() { # BYTES: that many random bytes, in letters that are safe in a URL
    head -c "$1" /dev/urandom | base64 | tr -d '\n' | tr '+/' '-_'
}

keep() { # NAME VALUE
    [ -s "$folder/$1" ] || printf '%s\n' "$2" >"$folder/$1"
}

# The folder is closed to others. The files in it are readable by all, since a container sees only
# the file, and has its own user.
umask 077
mkdir -p "$folder"
keep secret_key "$(random 60)"
keep contact_keys "$(random 32)"
keep metrics_token "$(random 30)"
keep database_password "$(random 30)"
keep database_url "postgres://peredmova:$(cat "$folder/database_password")@$host/peredmova"
chmod 444 "$folder"/*
echo "The secrets are in $folder. Keep a copy of it where the backups are not."
