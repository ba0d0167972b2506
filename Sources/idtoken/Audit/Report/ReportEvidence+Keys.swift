//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import OpenSSLSignature

extension ReportEvidence.Keys {
    /// The evidence of keys that have been opened; files are read once more.
    init(_ origin: OpenedKeys.Origin) {
        switch origin {
        case .file(let path):
            self.init(source: path, sha256: InputDigest(ofFile: path)?.finish(), scope: "of the file")
        case .fetched(let url, let document):
            let digest = SHA256.digest(document.span)?.text
            self.init(source: url.withoutCredentials, sha256: digest, scope: "of the document that was fetched")
        case .archive(let folder):
            let names = KeyArchive(folder: folder).dayFiles ?? []
            var list: String? = ""
            for name in names {
                let digest = InputDigest(ofFile: "\(folder)/\(name)")?.finish()
                list = digest.flatMap { digest in list.map { "\($0)\(digest)  \(name)\n" } }
            }
            self.init(
                source: folder,
                sha256: list.flatMap { SHA256.digest($0.utf8.span)?.text },
                scope: "of what 'LC_ALL=C sha256sum *.ndjson*' prints in this folder, which has "
                    + names.count.of("file")
            )
        }
    }
}
#endif
