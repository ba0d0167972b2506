variable "project" {
  description = "The ID of the project."
  type        = string
}

variable "region" {
  description = "The region of the services."
  type        = string
  default     = "europe-west1"
}

variable "images" {
  description = "The image of each service in Artifact Registry, by the name of the service."
  type        = map(string)

  validation {
    condition     = length(setsubtract(["login", "profiles", "search"], keys(var.images))) == 0
    error_message = "Name an image for each of login, profiles and search."
  }
}
