#!/usr/bin/env bash
# Writes dist/install.yaml: config/default in one file, with the image reference that is given.
set -euo pipefail
cd "$(dirname "$0")/../.."
image=${1:?usage: operator/tools/dist.sh IMAGE}
case $image in *[[:space:]\"\'\\]*) echo "'$image' is no image reference" >&2; exit 2 ;; esac

mkdir -p dist
cat > dist/kustomization.yaml <<EOF
apiVersion: kustomize.config.k8s.io/v1beta1
kind: Kustomization
resources:
  - ../config/default
patches:
  - target: {kind: Deployment, name: firstline-operator}
    patch: '[{"op": "replace", "path": "/spec/template/spec/containers/0/image", "value": "$image"}]'
EOF
kubectl kustomize dist > dist/install.yaml.new
mv dist/install.yaml.new dist/install.yaml
rm dist/kustomization.yaml
echo "dist/install.yaml: $(grep -c '^kind: ' dist/install.yaml) objects, image $image"
