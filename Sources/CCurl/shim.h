//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#pragma once

#include <curl/curl.h>
#include <string.h>

// curl_easy_setopt, curl_easy_getinfo and curl_url_get are variadic or macros; not importable. One function for each
// kind of argument.

static inline CURLcode CCURL_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode CCURL_set_string(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode CCURL_set_bytes(CURL *handle, CURLoption option, const void *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline long CCURL_length(const char *text) {
    return (long)strlen(text);
}

static inline CURLcode CCURL_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode CCURL_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}

typedef size_t (*CCURL_data_callback)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode CCURL_set_data_callback(CURL *handle, CURLoption option, CCURL_data_callback value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode CCURL_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode CCURL_set_size(CURL *handle, CURLoption option, curl_off_t value) {
    return curl_easy_setopt(handle, option, value);
}

static inline CURLcode CCURL_get_size(CURL *handle, CURLINFO info, curl_off_t *value) {
    return curl_easy_getinfo(handle, info, value);
}

// The option has another name before 7.85.
static inline CURLcode CCURL_restrict_protocols(CURL *handle) {
#if LIBCURL_VERSION_NUM >= 0x075500
    return curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
#else
    return curl_easy_setopt(handle, CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
#endif
}

// Does not wait for a name server that does not answer; unknown before 7.87, where the
// thread waits for it when it cleans up, once the result is delivered.
static inline CURLcode CCURL_set_quick_exit(CURL *handle) {
#if LIBCURL_VERSION_NUM >= 0x075700
    return curl_easy_setopt(handle, CURLOPT_QUICK_EXIT, 1L);
#else
    return CURLE_OK;
#endif
}

// Anonymous enumerations and macros made of casts; not importable as a long.
static const long CCURL_HTTP_1_1 = CURL_HTTP_VERSION_1_1;
static const long CCURL_GLOBAL_DEFAULT = CURL_GLOBAL_DEFAULT;
