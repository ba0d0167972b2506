#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
# Google's client library for Ruby against the emulator: see README.md for the arguments.

require "googleauth"

CASE, URL, AUDIENCE, FOLDER = ARGV

def fetch(credentials)
  credentials.fetch_access_token!["id_token"]
end

def key_file(url = nil)
  credentials = File.open("#{FOLDER}/service-account-key.json") do |file|
    Google::Auth::ServiceAccountCredentials.make_creds(json_key_io: file, target_audience: AUDIENCE)
  end
  # The library sends its requests to a fixed URL, which it also asserts.
  credentials.token_credential_uri = url if url
  fetch credentials
end

def verify(source)
  verifier = Google::Auth::IDTokens::Verifier.new(
    key_source: source, aud: AUDIENCE, iss: ["https://accounts.google.com", "accounts.google.com"]
  )
  $stdin.each_line do |line|
    puts "accepted #{verifier.verify(line.strip)['email'] || '-'}"
  rescue StandardError => e
    puts "refused #{e.class}"
  end
end

case CASE
when "proxy: metadata server" then puts fetch(Google::Auth::GCECredentials.new(target_audience: AUDIENCE))
when "key file" then puts key_file("#{URL}/oauth2/v4/token")
when "proxy: key file" then puts key_file
when "verify with certificates"
  verify Google::Auth::IDTokens::X509CertHttpKeySource.new("#{URL}/oauth2/v1/certs")
# Version 0.13 cannot read key sets with OpenSSL 3, so there is no such case.
else abort "there is no case #{CASE}"
end
