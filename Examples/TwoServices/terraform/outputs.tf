output "login_url" {
  description = "The URL of the public service."
  value       = local.url["login"]
}
