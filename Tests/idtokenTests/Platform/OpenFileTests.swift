//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if CommandLine
internal import Foundation
internal import IDTokenPlatform
internal import Testing

@testable internal import idtoken

/// Files as the command reads, writes and locks them.
@Suite("Files of the command")
struct OpenFileTests {
    private static func withFolder(_ body: (String) throws -> Void) throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try body(folder.path(percentEncoded: false))
    }

    @Test("a file that replaces another is read in pieces, and nothing else is left in the folder")
    func replacesAndReads() throws {
        try Self.withFolder { folder in
            try Folder.replace("name", in: folder, with: Array("old".utf8))
            try Folder.replace("name", in: folder, with: Array("newer".utf8))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["name"])
            let file = try OpenFile(reading: "\(folder)/name")
            #expect(file.kind == .regular)
            #expect(file.size == 5)
            #expect(file.isPrivatelyWritten)
            #expect(file.isReady())
            var bytes = Array("is ".utf8)
            #expect(try file.read(appendingTo: &bytes, upTo: 3) == 3)
            #expect(try file.read(appendingTo: &bytes, upTo: 9) == 2)
            #expect(try file.read(appendingTo: &bytes, upTo: 9) == 0)
            #expect(String(decoding: bytes, as: UTF8.self) == "is newer")
        }
    }

    @Test("a file or folder that cannot be read or made is an error that says why")
    func saysWhyNot() throws {
        try Self.withFolder { folder in
            let error = #expect(throws: FileError.self) { _ = try OpenFile(reading: "\(folder)/none") }
            #expect(error?.number == ENOENT)
            #expect(error?.description == "No such file or directory")
            #expect(throws: FileError.self) { try Folder.replace("a", in: "\(folder)/none", with: []) }
            #expect(try OpenFile(reading: folder).kind == .folder)
            try Folder.make("\(folder)/new")
            try Folder.make("\(folder)/new")
            #expect(throws: FileError.self) { try Folder.make("\(folder)/a/b") }
        }
    }

    @Test("a file is read from any place, appended to, and cut")
    func readsFromAnyPlaceAndCuts() throws {
        try Self.withFolder { folder in
            try Folder.replace("name", in: folder, with: Array("one\ntwo".utf8))
            let path = "\(folder)/name"
            #expect(try OpenFile(reading: path).read(from: 2, upTo: 4) == Array("e\ntw".utf8))
            #expect(try OpenFile(reading: path).read(from: 9, upTo: 4) == [])
            #expect(!(try OpenFile(path, O_WRONLY).isAppended))
            let file = try OpenFile(path, O_WRONLY | O_APPEND)
            #expect(file.isAppended)
            try file.cut(to: 4)
            try file.write(Array("three".utf8).span)
            #expect(try OpenFile(reading: path).readAll() == Array("one\nthree".utf8))
        }
    }
}
#endif
