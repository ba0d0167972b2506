//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import Foundation
package import GoogleIDToken
internal import IDTokenBytes

/// A request to a server on this machine.
package struct LocalRequest: Sendable {
    /// The method; `HEAD` is `GET` here, because the server leaves out the body of the answer by itself.
    package let method: String
    /// The target: path, query, and the host if it is a URL.
    package let target: RequestTarget
    /// Whether it came through a tunnel, with TLS.
    package let isSecure: Bool
    package let headers: [(name: String, value: String)]
    package let body: [UInt8]

    /// The value of the first header field with a name, or nil.
    ///
    /// - Parameter name: The name in lower case.
    /// - Returns: The value.
    package func header(_ name: String) -> String? {
        self.headers.first { Bytes.areEqual($0.name.utf8.span, ignoringCaseOf: name) }?.value
    }

    /// The body as a JSON object, or nil if it is not one.
    package var object: [(name: String, value: IDTokenJSON)]? {
        (try? JSONReader.read(self.body))?.objectValue
    }

    /// The fields of a body that is a form.
    var form: FormFields {
        FormFields(self.body[...])
    }

    /// Whether it has a method.
    func `is`(_ method: String) -> Bool {
        self.method.isExactly(method)
    }

    /// Whether it has a method and a path, which is compared as it was received.
    func `is`(_ method: String, _ path: String) -> Bool {
        self.is(method) && self.target.path.isExactly(path)
    }
}
#endif
