terraform {
  required_version = ">= 1.5"
  required_providers {
    google = {
      source  = "hashicorp/google"
      version = ">= 6.0, < 8.0"
    }
  }
}

provider "google" {
  project = var.project
  region  = var.region
}

data "google_project" "this" {}

locals {
  services = toset(["login", "profiles", "search"])

  # A service's URL is known before its first deployment. It is the audience of the tokens for it, on both sides.
  url = {
    for name in local.services :
    name => "https://${name}-${data.google_project.this.number}.${var.region}.run.app"
  }

  # Each private service with the only service that may call it. Cloud Run's own check and the service's environment
  # both take the caller from here.
  caller = {
    profiles = "login"
    search   = "profiles"
  }
}

# Each service has an identity of its own.
resource "google_service_account" "service" {
  for_each     = local.services
  account_id   = each.key
  display_name = "Cloud Run service ${each.key}"
}

resource "google_cloud_run_v2_service" "private" {
  for_each            = local.caller
  name                = each.key
  location            = var.region
  deletion_protection = false

  template {
    service_account = google_service_account.service[each.key].email

    containers {
      image = var.images[each.key]

      env {
        name  = "ID_TOKEN_AUDIENCES"
        value = local.url[each.key]
      }

      env {
        name  = "ID_TOKEN_CALLERS"
        value = google_service_account.service[each.value].member
      }

      startup_probe {
        http_get {
          path = "/health"
        }
      }
    }
  }

  lifecycle {
    postcondition {
      condition     = contains(self.urls, local.url[each.key])
      error_message = "Cloud Run does not serve ${each.key} at ${local.url[each.key]}, so that tokens would be for another audience."
    }
  }
}

# Authoritative: no other member has this role on the service.
resource "google_cloud_run_v2_service_iam_binding" "invoker" {
  for_each = local.caller
  name     = google_cloud_run_v2_service.private[each.key].name
  location = var.region
  role     = "roles/run.invoker"
  members  = [google_service_account.service[each.value].member]
}

resource "google_cloud_run_v2_service" "login" {
  name                = "login"
  location            = var.region
  deletion_protection = false

  template {
    service_account = google_service_account.service["login"].email

    containers {
      image = var.images["login"]

      env {
        name  = "PROFILES_URL"
        value = local.url["profiles"]
      }

      env {
        name  = "PROFILES_AUDIENCE"
        value = local.url["profiles"]
      }

      env {
        name  = "SEARCH_URL"
        value = local.url["search"]
      }

      env {
        name  = "SEARCH_AUDIENCE"
        value = local.url["search"]
      }

      startup_probe {
        http_get {
          path = "/health"
        }
      }
    }
  }
}

resource "google_cloud_run_v2_service_iam_binding" "public" {
  # The login service is public: its users have no identity that Cloud Run could check.
  name     = google_cloud_run_v2_service.login.name
  location = var.region
  role     = "roles/run.invoker"
  members  = ["allUsers"]
}
