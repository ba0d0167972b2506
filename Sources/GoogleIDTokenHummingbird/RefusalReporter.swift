//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Hummingbird
internal import GoogleIDToken
internal import Hummingbird
internal import Logging

/// Writes refused requests to their logger, and tells the verifier's `onEvent` of those that its verification accepted.
///
/// ``IDTokenMiddleware`` leaves its reporter to all that handles the request after it: ``CallerPolicyMiddleware`` and
/// handlers know no verifier.
struct RefusalReporter: Sendable {
    /// The reporter of the middleware that the request passed last, or one without a verifier.
    @TaskLocal static var current = RefusalReporter(verifier: nil, realm: "", limit: RefusalLimit())

    /// The verifier, or nil if ``IDTokenMiddleware`` does not protect the route.
    var verifier: IDTokenVerifier?
    /// The realm of the middleware.
    let realm: String
    /// The limit of the lines of all routes behind one middleware.
    let limit: RefusalLimit

    /// Reports a request that was refused after its verification, and logs it.
    func reportRefusal(_ error: VerificationError, _ context: some RequestContext) {
        self.verifier?.reportRefusal(error, of: Self.request(context))
        self.log(error, context)
    }

    /// Reports a request without a caller on a route that needs one.
    ///
    /// - Parameters:
    ///   - name: What needs the caller, for the explanation.
    ///   - context: The request's context.
    /// - Returns: The reason.
    func missingCaller(for name: String, _ context: some RequestContext) -> VerificationError {
        let error =
            if self.verifier == nil {
                VerificationError(
                    .credentialsMissing,
                    "The request has no verified caller, because IDTokenMiddleware has not run before \(name); add it "
                        + "to the router or the group before this route."
                )
            } else {
                VerificationError(
                    .credentialsMissing,
                    "The request has no credentials, which IDTokenMiddleware allows here (allowsAnonymous), but \(name) "
                        + "requires a caller; have the caller send a token."
                )
            }
        self.reportRefusal(error, context)
        return error
    }

    /// Logs a refused request with the request's own logger.
    func log(_ error: VerificationError, _ context: some RequestContext) {
        // A route that needs a caller, where nothing can provide one, refuses everybody.
        let isMisconfigured = self.verifier == nil && error.code == .credentialsMissing
        let line = RefusalLine(error, route: context.endpointPath, isMisconfigured: isMisconfigured)
        let level: Logger.Level = line.isServiceFault ? .warning : .info
        guard context.logger.logLevel <= level else { return }
        let isAllowed = self.limit.allowsLine(for: error.code) { [logger = context.logger] count in
            var logger = logger
            // The number of the lines that were left out is not about one request.
            logger[metadataKey: "hb.request.id"] = nil
            let line = RefusalLine(leftOut: count, of: error, isMisconfigured: isMisconfigured)
            logger.log(level: level, "\(line.message)", metadata: Self.metadata(line))
        }
        if isAllowed {
            context.logger.log(level: level, "\(line.message)", metadata: Self.metadata(line))
        }
    }

    /// Describes a request to the verifier's events.
    static func request(_ context: some RequestContext, allowsAnonymous: Bool = false) -> ServedRequest {
        ServedRequest(route: context.endpointPath, allowsAnonymous: allowsAnonymous, isLogged: true)
    }

    private static func metadata(_ line: RefusalLine) -> Logger.Metadata {
        Logger.Metadata(uniqueKeysWithValues: line.fields.map { ($0.name, .string($0.value)) })
    }
}
#endif
