//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

package import IDTokenBytes

/// An HTTP request.
package struct HTTPRequest: Sendable {
    /// A request method (RFC 9110 §9.3).
    package enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
    }

    package var method: Method
    /// An `https` URL, or an `http` URL on this machine, or on any machine if the transport allows it.
    package var url: String
    /// The header fields to send; their memory in libcurl is overwritten after the transfer.
    package var fields: [(name: String, value: String)]
    /// The content of a POST or PUT request, or nil.
    package var body: SecretBytes?

    package init(
        _ method: Method = .get,
        _ url: String,
        fields: [(name: String, value: String)] = [],
        body: SecretBytes? = nil
    ) {
        self.method = method
        self.url = url
        self.fields = fields
        self.body = body
    }
}
