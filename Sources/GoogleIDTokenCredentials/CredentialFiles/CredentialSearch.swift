//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import GoogleIDToken
internal import IDTokenPlatform

/// The search for Application Default Credentials, in the order of Google's libraries.
struct CredentialSearch: Sendable {
    private static let variable = "GOOGLE_APPLICATION_CREDENTIALS"
    private static let fileName = "application_default_credentials.json"

    /// What was found.
    enum Finding: Sendable {
        case file(CredentialFile)
        /// Neither file exists; the text says what was looked for.
        case metadataServer(search: String)
    }

    /// Searches the environment and the file system; no request is sent.
    ///
    /// - Throws: ``IDTokenCredentialsError`` if a file is found and cannot be used: it is never passed over.
    static func find(_ environment: CredentialsEnvironment) throws(IDTokenCredentialsError) -> Finding {
        func report(_ description: String, isFound: Bool) {
            environment.onEvent?(.searched(.init(description: description, isFound: isFound)))
        }
        var passedOver: [String] = []
        if let path = environment.variables[Self.variable] {
            report("\(Self.variable) names the file \(path.quotedForOperators)", isFound: true)
            return .file(try Self.read(path, environment, "which the environment variable \(Self.variable) names"))
        }
        passedOver.append("\(Self.variable) is not set")
        report(passedOver[0], isFound: false)
        if let path = Self.wellKnownFile(environment.variables) {
            let found = Result { () throws(FileError) in try OpenFile(reading: path) }
            if case .failure(let error) = found, error.isNotFound {
                passedOver.append("the file \(path.quotedForOperators) does not exist")
                report("the file \(path.quotedForOperators) does not exist", isFound: false)
            } else {
                report("found the file \(path.quotedForOperators)", isFound: true)
                return .file(try Self.read(path, environment, "which gcloud creates"))
            }
        } else {
            passedOver.append("neither CLOUDSDK_CONFIG nor HOME is set, so that there is no file of gcloud")
            report(passedOver[1], isFound: false)
        }
        report("the metadata server is used; it is asked when the first token is needed", isFound: true)
        return .metadataServer(search: passedOver.joined(separator: ", and "))
    }

    private static func read(
        _ path: String,
        _ environment: CredentialsEnvironment,
        _ origin: String
    ) throws(IDTokenCredentialsError) -> CredentialFile {
        do throws(IDTokenCredentialsError) {
            return try CredentialFile(try CredentialMembers(readingFile: path, environment), environment)
        } catch {
            guard error.code == .fileUnreadable else { throw error }
            throw IDTokenCredentialsError(
                .fileUnreadable,
                "\(error.explanation) It is the file \(origin); it is not passed over, so that no other identity is used by "
                    + "mistake."
            )
        }
    }

    /// The path of the file that `gcloud auth application-default login` writes.
    private static func wellKnownFile(_ variables: EnvironmentVariables) -> String? {
        if let folder = variables["CLOUDSDK_CONFIG"] { return "\(folder)/\(Self.fileName)" }
        return variables["HOME"].map { "\($0)/.config/gcloud/\(Self.fileName)" }
    }
}
