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
internal import Logging

/// A request that may not go on, and the answer to it (RFC 6750 §3).
///
/// Hummingbird makes a response of it: ``status``, the fields that go with it, and no body. A middleware that comes
/// before may catch it and answer in its own way.
public struct RequestRefusedError: HTTPResponseError {
    /// Why the request may not go on; its explanation is for the operator, not for the caller.
    public let cause: VerificationError
    /// The answer's status.
    public let status: HTTPResponse.Status
    /// The answer's fields: `WWW-Authenticate` or `Retry-After`.
    public let headers: HTTPFields

    /// Notes what a request fails on, for the operator.
    init(_ cause: VerificationError, realm: String, logger: Logger) {
        let answer = cause.httpResponse(realm: realm)
        self.cause = cause
        self.status = HTTPResponse.Status(code: answer.status)
        self.headers = HTTPFields(
            answer.fields.compactMap { field in
                HTTPField.Name(field.name).map { HTTPField(name: $0, value: field.value) }
            }
        )
        logger.debug(
            "Request refused",
            metadata: ["code": "\(cause.code.rawValue)", "explanation": "\(cause.explanation)"]
        )
    }

    /// The answer.
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
    /// The cause's code and explanation.
    public var description: String {
        self.cause.description
    }
}
#else
/// A request that may not go on, and the answer to it (RFC 6750 §3).
@available(*, unavailable, message: "enable the trait Hummingbird of swift-google-id-token")
public struct RequestRefusedError {}
#endif
