#!/usr/bin/env bash
#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
# The commands of Google's documentation, with curl, against the emulator: see README.md for the arguments.
set -euo pipefail
case=$1 url=$2 audience=$3 folder=$4
token_url=$url/token sts=$url iam=$url
# With the proxy that the environment names, the commands have Google's own URLs.
[[ $case != proxy:* ]] || token_url=https://oauth2.googleapis.com/token
[[ $case != proxy:* ]] || sts=https://sts.googleapis.com iam=https://iamcredentials.googleapis.com
email=target@my-project.iam.gserviceaccount.com
impersonated() {
    curl -sS --fail -X POST -H "Authorization: Bearer $1" -H 'Content-Type: application/json; charset=utf-8' \
        -d "{\"audience\": \"$audience\", \"includeEmail\": true}" \
        "$iam/v1/projects/-/serviceAccounts/$email:generateIdToken" | member token
}
member() { python3 -c 'import json, sys; print(json.load(sys.stdin)[sys.argv[1]])' "$1"; }
base64url() { openssl base64 -A | tr '+/' '-_' | tr -d '='; }
case $case in
'metadata server')
    # Word for word, but for the format, without which there is no e-mail address.
    http_proxy=$url curl -sS --fail --get -H 'Metadata-Flavor: Google' --data-urlencode "audience=$audience" -d format=full \
        'http://metadata.google.internal/computeMetadata/v1/instance/service-accounts/default/identity'
    ;;
*'key file')
    key=$folder/service-account-key.json
    now=$(date +%s)
    claims="{\"iss\": \"$(member client_email <"$key")\", \"aud\": \"https://oauth2.googleapis.com/token\", \"iat\": $now, \
\"exp\": $((now + 3600)), \"target_audience\": \"$audience\"}"
    signed=$(printf '{"alg": "RS256", "typ": "JWT"}' | base64url).$(printf %s "$claims" | base64url)
    signature=$(printf %s "$signed" | openssl dgst -sha256 -sign <(member private_key <"$key") | base64url)
    curl -sS --fail -d grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer -d "assertion=$signed.$signature" "$token_url" |
        member id_token
    ;;
'impersonation')
    access=$(curl -sS --fail -H 'Metadata-Flavor: Google' \
        "$url/computeMetadata/v1/instance/service-accounts/default/token" | member access_token)
    impersonated "$access"
    ;;
*'external account')
    access=$(curl -sS --fail -X POST "$sts/v1/token" -H 'Content-Type: application/json' -d '{
        "audience": "//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/pool/providers/provider",
        "grantType": "urn:ietf:params:oauth:grant-type:token-exchange",
        "requestedTokenType": "urn:ietf:params:oauth:token-type:access_token",
        "scope": "https://www.googleapis.com/auth/cloud-platform",
        "subjectTokenType": "urn:ietf:params:oauth:token-type:jwt",
        "subjectToken": "'"$(tr -d "\n" <"$folder/subject-token.txt")"'"}' | member access_token)
    impersonated "$access"
    ;;
*)
    echo "there is no case $case" >&2
    exit 1
    ;;
esac
