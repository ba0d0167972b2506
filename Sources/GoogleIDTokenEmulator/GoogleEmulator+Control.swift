//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
public import GoogleIDTokenTesting

extension GoogleEmulator {
    /// The IDs of the published keys: first that of the signing key, then the next one, then the previous one, if any.
    public var keyIDs: [String] { self.standIn.issuers.map(\.keyID) }

    /// The faults that are on.
    public var faults: [Endpoint: Fault] { self.standIn.faults }

    /// Mints an ID token with the current key.
    ///
    /// - Parameters:
    ///   - audience: The audience of the token.
    ///   - sender: The sender whose tokens it imitates.
    ///   - caller: The caller in the token; nil means the service account of the configuration.
    ///   - defect: The defect of the token, or nil for a valid token.
    /// - Returns: The token.
    /// - Throws: `TestIssuerError` if OpenSSL cannot sign.
    public func token(
        for audience: String,
        from sender: TokenSender = .cloudRun,
        caller: TestCaller? = nil,
        defect: TokenDefect? = nil
    ) throws(TestIssuerError) -> String {
        try self.standIn.mint(
            for: audience,
            from: sender,
            caller: caller ?? self.standIn.settings.serviceAccount,
            defect: defect
        )
    }

    /// Signs with the next key of each issuer from now on, and publishes a fresh key as the one after it.
    ///
    /// The previous key stays published, older keys do not. After one rotation, a verifier that has fetched the keys already
    /// has the new one; after two it must fetch them again.
    ///
    /// - Throws: `TestIssuerError` if OpenSSL cannot create a key.
    public func rotateKeys() throws(TestIssuerError) {
        try self.standIn.rotate()
    }

    /// Switches a fault on; it replaces the fault that the endpoint has.
    ///
    /// - Parameters:
    ///   - fault: The fault, or nil in order to switch the endpoint's fault off.
    ///   - endpoint: The part of the emulator that has the fault.
    public func setFault(_ fault: Fault?, for endpoint: Endpoint) {
        self.standIn.set(fault, for: endpoint)
    }

    /// Switches all faults off.
    public func clearFaults() {
        self.standIn.clearFaults()
    }
}
#endif
