#!/usr/bin/env bash
#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
# Deploys the services with gcloud, as an alternative to the folder terraform:
#   PROJECT=my-project REGION=europe-west1 REPOSITORY=services Examples/TwoServices/deploy.sh
# The repository is one of Artifact Registry for images. Needs docker, which is logged in to it, and gcloud.
set -euo pipefail
cd "$(dirname "$0")/../.."
: "${PROJECT:?set it to the ID of the project}" "${REGION:=europe-west1}" "${REPOSITORY:?set it to a repository of Artifact Registry}"

number=$(gcloud projects describe "$PROJECT" --format='value(projectNumber)')
account() { echo "$1@$PROJECT.iam.gserviceaccount.com"; }
# A service's URL is known before its first deployment. It is the audience of the tokens for it, on both sides.
url() { echo "https://$1-$number.$REGION.run.app"; }

# Creates a service's own account and deploys its image: deploy SERVICE PRODUCT [OPTION...].
deploy() {
    local service=$1 product=$2 image=$REGION-docker.pkg.dev/$PROJECT/$REPOSITORY/$1
    shift 2
    gcloud iam service-accounts describe "$(account "$service")" --project "$PROJECT" >/dev/null 2>&1 ||
        gcloud iam service-accounts create "$service" --project "$PROJECT" --display-name "Cloud Run service $service"
    docker build --file Examples/TwoServices/Dockerfile --build-arg SERVICE="$product" --tag "$image" .
    docker push "$image"
    gcloud run deploy "$service" --project "$PROJECT" --region "$REGION" --image "$image" \
        --service-account "$(account "$service")" "$@"
}

# Deploys a service that only one other service may call: private SERVICE PRODUCT CALLER.
private() {
    deploy "$1" "$2" --no-allow-unauthenticated \
        --set-env-vars "ID_TOKEN_AUDIENCES=$(url "$1"),ID_TOKEN_CALLERS=serviceAccount:$(account "$3")"
    gcloud run services add-iam-policy-binding "$1" --project "$PROJECT" --region "$REGION" \
        --member "serviceAccount:$(account "$3")" --role roles/run.invoker
}

# The login service first, since its account must exist before it can become an invoker.
deploy login Login --allow-unauthenticated --set-env-vars \
    "PROFILES_URL=$(url profiles),PROFILES_AUDIENCE=$(url profiles),SEARCH_URL=$(url search),SEARCH_AUDIENCE=$(url search)"
private profiles Profiles login
private search Search profiles
echo "The login service is at $(url login)."
