//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
public import GoogleIDToken
public import HTTPTypes
public import Hummingbird

/// A rejected request, with its response (RFC 6750 §3).
///
/// Hummingbird converts it into a response with ``status``, ``headers`` and no body. A middleware that was added
/// earlier can catch it and respond in another way.
public struct RequestRefusedError: HTTPResponseError {
    /// The reason for the rejection; its explanation is for operators, not for the caller.
    public let cause: VerificationError
    /// The status of the response.
    public let status: HTTPResponse.Status
    /// The header fields of the response: `WWW-Authenticate` or `Retry-After`.
    public let headers: HTTPFields

    init(_ cause: VerificationError, realm: String) {
        let answer = cause.httpResponse(realm: realm)
        self.cause = cause
        self.status = HTTPResponse.Status(code: answer.status)
        self.headers = HTTPFields(
            answer.headerFields.compactMap { field in
                HTTPField.Name(field.name).map { HTTPField(name: $0, value: field.value) }
            }
        )
    }

    /// Creates the response.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - context: The request's context.
    /// - Returns: A response without a body.
    public func response(from request: Request, context: some RequestContext) -> Response {
        Response(status: self.status, headers: self.headers)
    }
}

extension RequestRefusedError: CustomStringConvertible {
    /// The code and the explanation of the cause.
    public var description: String {
        self.cause.description
    }
}
#else
/// A rejected request, with its response (RFC 6750 §3).
@available(*, unavailable, message: "enable the trait Hummingbird of swift-google-id-token in Package.swift")
public typealias RequestRefusedError = `Enable the trait Hummingbird of swift-google-id-token in Package.swift`
#endif
