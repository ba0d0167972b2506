//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if canImport(Darwin)
private import Darwin
#elseif canImport(Musl)
private import Musl
#else
private import Glibc
#endif

/// The proxy for `https` URLs in the environment variables that libcurl reads.
enum EnvironmentProxy {
    /// Whether a proxy is set, regardless of `no_proxy`.
    static var isSet: Bool {
        ["https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"]
            .contains { name in
                guard let value = unsafe getenv(name) else { return false }
                return unsafe value.pointee != 0
            }
    }
}
