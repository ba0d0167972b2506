//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

extension IDTokenVerifier {
    /// Creates a verifier from environment variables, so that a deployment configures the service without code.
    ///
    /// | variable | value |
    /// |---|---|
    /// | `ID_TOKEN_AUDIENCES` | the audiences, separated by white space or commas; compared byte by byte |
    /// | `ID_TOKEN_CALLERS` | the callers that are allowed, in the syntax of ``CallerPolicy/init(parsing:)`` |
    /// | `ID_TOKEN_REMOVED_SIGNATURE` | a raw value of ``RemovedSignaturePolicy``; if it is not set, the configuration's |
    ///
    /// On Cloud Run, name the service's URL twice, without and with a slash at its end, because callers request tokens for
    /// either.
    ///
    /// ```swift
    /// let verifier = try IDTokenVerifier(environment: ProcessInfo.processInfo.environment)
    /// ```
    ///
    /// - Parameters:
    ///   - environment: The environment variables by name.
    ///   - keys: The source of Google's keys.
    ///   - configuration: Limits and options.
    /// - Throws: ``ConfigurationError`` that names the variable if it is missing or wrong, if a value of the
    ///   configuration is out of its range, or if the keys cannot be read.
    public init(
        environment: [String: String],
        keys: KeySource = .google,
        configuration: Configuration = Configuration()
    ) throws(ConfigurationError) {
        let variables = Variables(environment)
        let audiences = try variables.acceptedAudiences
        guard let callers = variables.callers, callers.utf8.contains(where: { $0 > 0x20 }) else {
            throw ConfigurationError(
                .callersMissing,
                "The environment variable \(Variables.callersName) is not set or empty; set it to the callers, such as "
                    + "serviceAccount:login@my-project.iam.gserviceaccount.com, or to any."
            )
        }
        var configuration = configuration
        if let policy = try variables.removedSignaturePolicy { configuration.removedSignature = policy }
        try self.init(
            audiences: audiences,
            callers: try CallerPolicy(parsing: callers, named: "The environment variable \(Variables.callersName)"),
            keys: keys,
            configuration: configuration
        )
    }
}

/// The environment variables that configure a verifier.
private struct Variables {
    static let audiencesName = "ID_TOKEN_AUDIENCES"
    static let callersName = "ID_TOKEN_CALLERS"
    static let removedSignatureName = "ID_TOKEN_REMOVED_SIGNATURE"

    private var audiences: String?
    private(set) var callers: String?
    private var removedSignature: String?

    init(_ environment: [String: String]) {
        self.audiences = environment[Self.audiencesName]
        self.callers = environment[Self.callersName]
        self.removedSignature = environment[Self.removedSignatureName]
    }

    /// The audiences, each of which a token can have.
    var acceptedAudiences: [String] {
        get throws(IDTokenVerifier.ConfigurationError) {
            let place = "The environment variable \(Self.audiencesName)"
            let audiences = ConfiguredText.values(in: self.audiences ?? "")
            guard !audiences.isEmpty else {
                throw IDTokenVerifier.ConfigurationError(
                    .audienceMissing,
                    "\(place) is not set or empty; set it to the URL of the service, or to the audience that its "
                        + "callers request tokens for."
                )
            }
            try AudiencePolicy.checkNames(audiences, from: place)
            return audiences
        }
    }

    /// The policy for removed signatures, or nil if the variable is not set or empty.
    var removedSignaturePolicy: RemovedSignaturePolicy? {
        get throws(IDTokenVerifier.ConfigurationError) {
            let parts = ConfiguredText.values(in: self.removedSignature ?? "")
            guard let name = parts.first else { return nil }
            let policy = RemovedSignaturePolicy.allCases.first { $0.rawValue.isExactly(name) }
            guard let policy, parts.count == 1 else {
                throw IDTokenVerifier.ConfigurationError(
                    .valueOutOfRange,
                    "The environment variable \(Self.removedSignatureName) is "
                        + "\((self.removedSignature ?? "").quotedForOperators), which is no policy; set it to one of "
                        + "\(RemovedSignaturePolicy.allCases.map(\.rawValue).joined(separator: ", ")), or to nothing."
                )
            }
            return policy
        }
    }
}
