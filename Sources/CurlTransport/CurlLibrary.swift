//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CCurl

/// The global state of libcurl.
enum CurlLibrary {
    /// Whether libcurl is initialised; the first access initialises it.
    static let isReady = curl_global_init(CCURL_GLOBAL_DEFAULT) == CURLE_OK

    /// Returns libcurl's text for a result code.
    static func words(_ code: CURLcode) -> String {
        unsafe String(cString: curl_easy_strerror(code))
    }
}
