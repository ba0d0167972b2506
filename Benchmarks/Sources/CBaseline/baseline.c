//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#include "baseline.h"

#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <stdlib.h>

struct baseline {
    EVP_PKEY *key;
    EVP_PKEY_CTX *verification;
    EVP_MD_CTX *digest;
};

static baseline *baseline_of(EVP_PKEY *key, int is_rsa) {
    baseline *self = calloc(1, sizeof *self);
    if (self == NULL) return NULL;
    self->key = key;
    self->digest = EVP_MD_CTX_new();
    self->verification = EVP_PKEY_CTX_new_from_pkey(NULL, self->key, NULL);
    EVP_MD *sha256 = EVP_MD_fetch(NULL, "SHA256", NULL);
    if (EVP_DigestInit_ex2(self->digest, sha256, NULL) != 1 || EVP_PKEY_verify_init(self->verification) != 1
        || (is_rsa && EVP_PKEY_CTX_set_rsa_padding(self->verification, RSA_PKCS1_PADDING) != 1)
        || EVP_PKEY_CTX_set_signature_md(self->verification, sha256) != 1)
        return NULL;
    return self;
}

baseline *baseline_new(void) {
    return baseline_of(EVP_RSA_gen(2048), 1);
}

baseline *baseline_new_elliptic(void) {
    return baseline_of(EVP_EC_gen("P-256"), 0);
}

void baseline_point(baseline *self, uint8_t *output) {
    BIGNUM *x = NULL, *y = NULL;
    EVP_PKEY_get_bn_param(self->key, OSSL_PKEY_PARAM_EC_PUB_X, &x);
    EVP_PKEY_get_bn_param(self->key, OSSL_PKEY_PARAM_EC_PUB_Y, &y);
    BN_bn2binpad(x, output, 32);
    BN_bn2binpad(y, output + 32, 32);
    BN_free(x);
    BN_free(y);
}

size_t baseline_sign_elliptic(baseline *self, const uint8_t *message, size_t count, uint8_t *fixed, uint8_t *der) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    size_t length = 72;
    int result = EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, self->key) == 1
        && EVP_DigestSign(context, der, &length, message, count) == 1;
    EVP_MD_CTX_free(context);
    const uint8_t *start = der;
    ECDSA_SIG *signature = result ? d2i_ECDSA_SIG(NULL, &start, (long)length) : NULL;
    if (signature == NULL) return 0;
    BN_bn2binpad(ECDSA_SIG_get0_r(signature), fixed, 32);
    BN_bn2binpad(ECDSA_SIG_get0_s(signature), fixed + 32, 32);
    ECDSA_SIG_free(signature);
    return length;
}

void baseline_modulus(baseline *self, uint8_t *output) {
    BIGNUM *number = NULL;
    EVP_PKEY_get_bn_param(self->key, OSSL_PKEY_PARAM_RSA_N, &number);
    BN_bn2binpad(number, output, 256);
    BN_free(number);
}

int baseline_sign(baseline *self, const uint8_t *message, size_t count, uint8_t *signature) {
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    size_t length = 256;
    int result = EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, self->key) == 1
        && EVP_DigestSign(context, signature, &length, message, count) == 1;
    EVP_MD_CTX_free(context);
    return result;
}

int baseline_hash(baseline *self, const uint8_t *message, size_t count, uint8_t *digest) {
    return EVP_DigestInit_ex2(self->digest, NULL, NULL) == 1 && EVP_DigestUpdate(self->digest, message, count) == 1
        && EVP_DigestFinal_ex(self->digest, digest, NULL) == 1;
}

int baseline_verify(baseline *self, const uint8_t *message, size_t count, const uint8_t *signature, size_t length) {
    uint8_t digest[32];
    return baseline_hash(self, message, count, digest)
        && EVP_PKEY_verify(self->verification, signature, length, digest, sizeof digest) == 1;
}

const char *baseline_version(void) {
    return OpenSSL_version(OPENSSL_VERSION);
}
