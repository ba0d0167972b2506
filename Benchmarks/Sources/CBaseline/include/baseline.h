//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#pragma once

#include <stddef.h>
#include <stdint.h>

// What a verification costs without any library: SHA-256 and EVP_PKEY_verify with contexts made beforehand.
typedef struct baseline baseline;

// Makes an RSA key of 2048 bits and contexts for it; NULL if OpenSSL cannot.
baseline *baseline_new(void);

// Makes a key on the curve P-256 and contexts for it; NULL if OpenSSL cannot.
baseline *baseline_new_elliptic(void);

// Copies the coordinates x and y of the public key on a curve, 32 bytes each.
void baseline_point(baseline *self, uint8_t *output);

// Signs with ES256: in the form of a token, 64 bytes, and in DER, 72 bytes at most. Returns the length in DER.
size_t baseline_sign_elliptic(baseline *self, const uint8_t *message, size_t count, uint8_t *fixed, uint8_t *der);

// Copies the modulus, 256 bytes.
void baseline_modulus(baseline *self, uint8_t *output);

// Signs with RS256; the signature has 256 bytes. Returns 1 if it worked.
int baseline_sign(baseline *self, const uint8_t *message, size_t count, uint8_t *signature);

// Checks a signature, which is in DER if the key is on a curve. Returns 1 if it holds.
int baseline_verify(baseline *self, const uint8_t *message, size_t count, const uint8_t *signature, size_t length);

// The SHA-256 of a message, to tell its share.
int baseline_hash(baseline *self, const uint8_t *message, size_t count, uint8_t *digest);

// The version of OpenSSL at run time.
const char *baseline_version(void);
