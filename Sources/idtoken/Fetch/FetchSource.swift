//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import ArgumentParser
internal import GoogleIDToken
internal import GoogleIDTokenCredentials

/// Where `idtoken fetch` takes credentials from.
enum FetchSource: Sendable {
    case `default`
    case metadataServer(account: String)
    case file(String)

    /// Prepares the credentials; nothing is sent.
    ///
    /// - Parameters:
    ///   - account: The service account to impersonate with them, if any.
    ///   - configuration: Options.
    /// - Returns: The credentials.
    /// - Throws: `IDTokenCredentialsError`.
    func credentials(
        impersonating account: String?,
        _ configuration: IDTokenCredentials.Configuration
    ) throws(IDTokenCredentialsError) -> IDTokenCredentials {
        if let account {
            return try .impersonating(account, with: self.accessTokens, configuration: configuration)
        }
        return switch self {
        case .default: try .applicationDefault(configuration: configuration)
        case .metadataServer(let name): try .metadataServer(account: name, configuration: configuration)
        case .file(let path): try .credentialFile(path, configuration: configuration)
        }
    }

    private var accessTokens: IDTokenCredentials.AccessTokenSource {
        switch self {
        case .default: .applicationDefault
        case .metadataServer(let name): .metadataServer(account: name)
        case .file(let path): .credentialFile(path)
        }
    }
}

extension FetchSource: ExpressibleByArgument {
    init?(argument: String) {
        let parts = argument.utf8.split(separator: UInt8(ascii: ":"), maxSplits: 1, omittingEmptySubsequences: false)
        let kind = String(decoding: parts[0], as: UTF8.self)
        let name = parts.count == 2 ? String(decoding: parts[1], as: UTF8.self) : nil
        if kind.isExactly("default"), name == nil {
            self = .default
        } else if kind.isExactly("metadata"), name?.utf8.isEmpty != true {
            self = .metadataServer(account: name ?? "default")
        } else if kind.isExactly("file"), let name, !name.utf8.isEmpty {
            self = .file(name)
        } else {
            return nil
        }
    }

    static var allValueStrings: [String] { ["default", "metadata", "metadata:ACCOUNT", "file:PATH"] }

    var defaultValueDescription: String { "default" }
}
#endif
