//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import IDTokenPlatform
internal import Testing

@Suite("Reading a whole file")
struct ReadAllTests {
    private let folder: URL

    init() throws {
        self.folder = FileManager.default.temporaryDirectory.appending(path: "file-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: self.folder, withIntermediateDirectories: true)
    }

    private func path(_ name: String) -> String {
        self.folder.appending(path: name).path(percentEncoded: false)
    }

    private func error(_ path: String, atMost limit: Int = 10) -> String? {
        do throws(FileError) {
            _ = try OpenFile(reading: path).readAll(atMost: limit)
            return nil
        } catch {
            return error.description
        }
    }

    @Test("a file up to the limit, also through a link", arguments: [0, 1, 9, 10])
    func files(count: Int) throws {
        defer { try? FileManager.default.removeItem(at: self.folder) }
        let bytes = [UInt8](repeating: 7, count: count)
        try Data(bytes).write(to: self.folder.appending(path: "file"))
        try FileManager.default.createSymbolicLink(atPath: self.path("link"), withDestinationPath: "file")
        #expect(try OpenFile(reading: self.path("file")).readAll(atMost: 10) == bytes)
        #expect(try OpenFile(reading: self.path("link")).readAll(atMost: 10) == bytes)
    }

    @Test("a longer file, also one without an end, is refused after the limit")
    func longFiles() throws {
        defer { try? FileManager.default.removeItem(at: self.folder) }
        try Data(count: 11).write(to: self.folder.appending(path: "file"))
        try FileManager.default.createSymbolicLink(atPath: self.path("link"), withDestinationPath: "file")
        for path in [self.path("file"), self.path("link"), "/dev/zero"] {
            #expect(self.error(path) == "File too large")
        }
    }

    @Test("a file larger than one block")
    func blocks() throws {
        defer { try? FileManager.default.removeItem(at: self.folder) }
        let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0 / 7) }
        try Data(bytes).write(to: self.folder.appending(path: "file"))
        #expect(try OpenFile(reading: self.path("file")).readAll(atMost: 1 << 20) == bytes)
    }

    @Test("what cannot be read says why")
    func unreadable() {
        defer { try? FileManager.default.removeItem(at: self.folder) }
        #expect(self.error(self.path("none")) == "No such file or directory")
        #expect(self.error(self.path("")) == "Is a directory")
    }
}
