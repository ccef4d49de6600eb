#!/usr/bin/env bash
# Builds the operator's container image with the .NET SDK alone and pushes it; --archive FILE writes it to a file instead, for `docker load` or `k3s ctr images import`.
set -euo pipefail
cd "$(dirname "$0")/../.."
usage="usage: operator/tools/image.sh [REGISTRY/]REPOSITORY:TAG [--archive FILE]"
image=${1:?$usage}
name=${image##*/}
case $image in *@* | *[[:space:]]*) echo "$usage" >&2; exit 2 ;; esac
case $name in *:*) ;; *) echo "$usage" >&2; exit 2 ;; esac
path=${image%:*}
tag=${name##*:}

properties=(-p:ContainerImageTag="$tag")
first=${path%%/*}
case $path in
    */*) case $first in *.* | *:* | localhost) properties+=(-p:ContainerRegistry="$first"); path=${path#*/} ;; esac ;;
esac
properties+=(-p:ContainerRepository="$path")
if [ "${2:-}" = --archive ]; then properties+=(-p:ContainerArchiveOutputPath="${3:?$usage}"); fi

dotnet publish operator/Firstline.Host -c Release -v q -nologo /t:PublishContainer "${properties[@]}"
