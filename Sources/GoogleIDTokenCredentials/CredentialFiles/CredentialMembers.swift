//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import CurlTransport
internal import GoogleIDToken
internal import IDTokenPlatform

/// The members of a credential file, or of an object in it, with errors that name the place.
struct CredentialMembers: Sendable {
    /// The largest accepted file, in bytes.
    static let largestFile = 256 * 1024

    /// The place in words, such as `the credential file /etc/key.json`, in the middle of a sentence.
    let place: String
    private let members: [IDTokenJSON.Member]
    /// The domain of the file's APIs, which holds for the objects in it too.
    private let outerUniverse: String?

    /// Reads a file.
    ///
    /// - Throws: ``IDTokenCredentialsError`` with `file_unreadable` or `file_invalid`.
    init(readingFile path: String, _ environment: CredentialsEnvironment) throws(IDTokenCredentialsError) {
        let bytes: [UInt8]
        let isReadableByOthers: Bool
        do throws(FileError) {
            let file = try OpenFile(reading: path)
            isReadableByOthers = file.isReadableByOthers
            bytes = try file.readAll(atMost: Self.largestFile)
        } catch {
            throw IDTokenCredentialsError(
                .fileUnreadable,
                "The credential file \(path.quotedForOperators) cannot be read: \(error). Check its path and its permissions."
            )
        }
        try self.init(json: bytes, place: "the credential file \(path.quotedForOperators)")
        if isReadableByOthers, self.hasSecret { environment.onEvent?(.fileReadableByOthers(path: path)) }
        for domain in self.otherUniverses { environment.onEvent?(.fileNamesUniverse(path: path, domain: domain)) }
    }

    /// Reads a document in memory.
    ///
    /// - Throws: ``IDTokenCredentialsError`` with `file_invalid`.
    init(json: [UInt8], place: String) throws(IDTokenCredentialsError) {
        let members: [IDTokenJSON.Member]?
        var reason = ""
        do throws(JSONError) {
            members = try JSONReader.read(json).objectValue
        } catch {
            members = nil
            reason = " (\(error))"
        }
        guard let members else {
            throw IDTokenCredentialsError(
                .fileInvalid,
                "\(place.sentenceStart) is not one JSON object with unique names\(reason). Store the file as Google's "
                    + "console or gcloud wrote it."
            )
        }
        self.init(place: place, members: members, outerUniverse: nil)
    }

    private init(place: String, members: [IDTokenJSON.Member], outerUniverse: String?) {
        self.place = place
        self.members = members
        self.outerUniverse = outerUniverse
    }

    /// Whether the file contains a secret by itself.
    private var hasSecret: Bool {
        let names = ["private_key", "refresh_token", "client_secret"]
        let source = self.members["source_credentials"]
        return names.contains { self.members[$0] != nil || source?[$0] != nil }
    }

    /// The domains besides `googleapis.com` to which the file allows secrets to be sent.
    private var otherUniverses: [String] {
        let source = try? self.object("source_credentials")
        let domains = [self, source].compactMap { try? $0?.universe() }.filter { !$0.isExactly(GoogleName.universe) }
        guard domains.count == 2, domains[0].isExactly(domains[1]) else { return domains }
        return [domains[0]]
    }

    /// Creates the error for a member that is missing or wrong.
    func invalid(_ name: String, _ what: String) -> IDTokenCredentialsError {
        IDTokenCredentialsError(
            .fileInvalid,
            "The member \(name) of \(self.place) \(what). Create the file anew with Google's console or gcloud."
        )
    }

    /// Returns a string, or nil if the member is absent, `null` or empty.
    ///
    /// - Throws: ``IDTokenCredentialsError`` with `file_invalid` if it is something else, or contains a control character.
    func string(_ name: String) throws(IDTokenCredentialsError) -> String? {
        guard let value = self.members[name] else { return nil }
        if case .null = value { return nil }
        guard let text = value.stringValue else { throw self.invalid(name, "is not a string") }
        return text.utf8.isEmpty ? nil : text
    }

    /// Returns a string that must be there.
    func required(_ name: String) throws(IDTokenCredentialsError) -> String {
        guard let text = try self.string(name) else { throw self.invalid(name, "is missing or empty") }
        return text
    }

    /// Returns a name that may be shown and sent: printable ASCII of at most 256 bytes; nil if the member is absent.
    ///
    /// - Throws: ``IDTokenCredentialsError`` with `file_invalid`.
    func name(_ name: String) throws(IDTokenCredentialsError) -> String? {
        guard let text = try self.string(name) else { return nil }
        guard HeaderText.isValue(text), text.utf8.count <= 256 else {
            throw self.invalid(name, "is longer than 256 bytes or contains other characters than printable ASCII")
        }
        return text
    }

    /// Returns an integer, or nil if the member is absent.
    func integer(_ name: String) throws(IDTokenCredentialsError) -> Int64? {
        guard let value = self.members[name] else { return nil }
        guard let number = value.integerValue else { throw self.invalid(name, "is not an integer") }
        return number
    }

    /// Returns a list of strings; an empty one if the member is absent.
    func strings(_ name: String) throws(IDTokenCredentialsError) -> [String] {
        guard let value = self.members[name] else { return [] }
        if case .null = value { return [] }
        guard let texts = value.stringsValue else { throw self.invalid(name, "is not a list of strings") }
        return texts
    }

    /// Returns an object, or nil if the member is absent.
    func object(_ name: String) throws(IDTokenCredentialsError) -> CredentialMembers? {
        guard let value = self.members[name] else { return nil }
        guard let members = value.objectValue else { throw self.invalid(name, "is not an object") }
        let universe = try self.string("universe_domain") ?? self.outerUniverse
        return CredentialMembers(place: "\(name) in \(self.place)", members: members, outerUniverse: universe)
    }

    /// The members with string values, such as header fields.
    func texts() throws(IDTokenCredentialsError) -> [(name: String, value: String)] {
        var texts: [(name: String, value: String)] = []
        for member in self.members {
            guard let text = member.value.stringValue else {
                throw self.invalid(member.name.quotedForOperators, "is not a string")
            }
            texts.append((member.name, text))
        }
        return texts
    }

    /// The domain of Google's APIs for this file.
    ///
    /// - Throws: ``IDTokenCredentialsError`` with `file_invalid` if it is no domain.
    func universe() throws(IDTokenCredentialsError) -> String {
        guard let text = try self.string("universe_domain") ?? self.outerUniverse else { return GoogleName.universe }
        let parts = URLParts("https://\(text)")
        guard parts.hasPlainHost, parts.path.isEmpty, text.utf8.dropFirst().dropLast().contains(UInt8(ascii: "."))
        else {
            throw self.invalid("universe_domain", "is no domain")
        }
        return text.asciiLowercased
    }

    /// Returns a URL of Google's to which secrets may be sent, or nil if the member is absent.
    ///
    /// - Throws: ``IDTokenCredentialsError`` with `url_not_allowed`.
    func url(_ name: String, _ environment: CredentialsEnvironment) throws(IDTokenCredentialsError) -> String? {
        guard let url = try self.string(name) else { return nil }
        let universe = try self.universe()
        let reason: String
        do throws(TransportError) {
            let target = try TransportURL(url)
            let host = target.host.asciiLowercased
            if target.isLoopback { return url }
            let isGoogle = [GoogleName.universe, universe].contains { URLParts("https://\(host)").isHost(in: $0) }
            if isGoogle || environment.trustedHosts.contains(where: { $0.asciiLowercased.isExactly(host) }) {
                return url
            }
            reason = "its host is not on \(universe)"
        } catch {
            reason = "\(error)"
        }
        throw IDTokenCredentialsError(
            .urlNotAllowed,
            "The member \(name) of \(self.place) is \(CurlTransport.shown(url)), to which secrets are not sent: \(reason). If "
                + "the file is not from an attacker, name the host in Configuration.trustedHosts."
        )
    }
}

extension String {
    /// The text with its first letter in upper case, if it is of ASCII.
    var sentenceStart: String {
        guard let first = self.utf8.first, UInt8(ascii: "a")...UInt8(ascii: "z") ~= first else { return self }
        return String(decoding: [first - 0x20] + self.utf8.dropFirst(), as: UTF8.self)
    }
}
