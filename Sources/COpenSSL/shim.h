//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#pragma once

#include <openssl/opensslv.h>

#if OPENSSL_VERSION_NUMBER < 0x30000000L
#error "OpenSSL 3.0 or newer is needed"
#endif

#include <openssl/bio.h>
#include <openssl/bn.h>
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <openssl/param_build.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>

// A macro made of other macros; not importable.
static const int COPENSSL_PUBLIC_KEY = EVP_PKEY_PUBLIC_KEY;

// EVP_RSA_gen is a macro over a variadic function; not importable.
static inline EVP_PKEY *COPENSSL_generate_rsa(unsigned int bits) {
    return EVP_RSA_gen(bits);
}

// EVP_EC_gen is a macro over a variadic function; not importable.
static inline EVP_PKEY *COPENSSL_generate_p256(void) {
    return EVP_EC_gen(SN_X9_62_prime256v1);
}

// Parameters keep the pointer to their name, so it must stay; Swift would import the macros as text of its own.
static const char *const COPENSSL_RSA_MODULUS = OSSL_PKEY_PARAM_RSA_N;
static const char *const COPENSSL_RSA_EXPONENT = OSSL_PKEY_PARAM_RSA_E;
static const char *const COPENSSL_GROUP_NAME = OSSL_PKEY_PARAM_GROUP_NAME;
static const char *const COPENSSL_PUBLIC_POINT = OSSL_PKEY_PARAM_PUB_KEY;
static const char *const COPENSSL_P256 = SN_X9_62_prime256v1;
