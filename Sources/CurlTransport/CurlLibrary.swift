//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CCurl

/// libcurl as a whole.
enum CurlLibrary {
    /// Whether libcurl could be started; that is tried once, when it is first asked for.
    static let isReady = curl_global_init(CCURL_GLOBAL_DEFAULT) == CURLE_OK

    /// What a code means, in libcurl's words.
    static func words(_ code: CURLcode) -> String {
        unsafe String(cString: curl_easy_strerror(code))
    }
}
