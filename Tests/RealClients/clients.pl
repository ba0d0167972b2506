#
# This source file is part of the swift-google-id-token open source project
# Copyright (c) the swift-google-id-token authors
# Licensed under Apache License v2.0
# SPDX-License-Identifier: Apache-2.0
#
# Perl's Crypt::JWT against the emulator: see README.md for the arguments.

use strict;
use warnings;
use Crypt::JWT qw(decode_jwt);
use HTTP::Tiny;
use JSON::PP qw(decode_json);

my ($case, $url, $audience, $folder) = @ARGV;
die "there is no case $case\n" if $case ne 'verify with a key set';
my $response = HTTP::Tiny->new->get("$url/oauth2/v3/certs");
die "$response->{status} $response->{content}\n" if !$response->{success};
my $keys = decode_json($response->{content});
while (my $token = <STDIN>) {
    chomp $token;
    my $claims = eval {
        decode_jwt(
            token        => $token,
            kid_keys     => $keys,
            accepted_alg => 'RS256',
            verify_iss   => 'https://accounts.google.com',
            verify_aud   => $audience,
            verify_exp   => 1,
            verify_iat   => 1,
        );
    };
    my ($reason) = ($@ || '') =~ /^JWT: ([\w ]+)/;
    print $claims ? 'accepted ' . ($claims->{email} // '-') : 'refused ' . ($reason // 'for another reason'), "\n";
}
