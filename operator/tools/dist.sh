#!/usr/bin/env bash
# Writes dist/install.yaml: config/default, or an overlay of it, in one file, with the image reference that is given.
set -euo pipefail
cd "$(dirname "$0")/../.."
image=${1:-}
from=config/${2:+overlays/}${2:-default}
[ -n "$image" ] || { echo "IMAGE names no image: make dist IMAGE=registry.example/firstline-operator:0.1.0, with the one that make image pushed" >&2; exit 2; }
case $image in *[[:space:]\"\'\\]*) echo "'$image' is no image reference" >&2; exit 2 ;; esac
[ -e "$from/kustomization.yaml" ] || { echo "OVERLAY names no folder of config/overlays: ${2:-}" >&2; exit 2; }

mkdir -p dist
cat > dist/kustomization.yaml <<EOF
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../$from
patches:
  - target: {kind: Deployment, name: firstline-operator}
    patch: '[{"op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "$image"}]'
EOF
kubectl kustomize dist > dist/install.yaml.new
mv dist/install.yaml.new dist/install.yaml
rm dist/kustomization.yaml
echo "dist/install.yaml: $(grep -c '^kind: ' dist/install.yaml) objects of $from, image $image"
