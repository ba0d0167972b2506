//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation

/// The text of the project's tests, for pages that name them.
enum TestSources {
    /// By the file's name without ending; of several with one name, all.
    static let all: [String: String] = {
        let folder = ProjectRoot.path("Tests")
        let names = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        let files = names.filter { $0.hasSuffix("Tests.swift") && !$0.contains(".build") }
            .map { name in
                let suite = URL(filePath: name).deletingPathExtension().lastPathComponent
                return (suite, (try? String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)) ?? "")
            }
        return Dictionary(files) { $0 + $1 }
    }()
}
