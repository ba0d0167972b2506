//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

#if Emulator
internal import GoogleIDToken
internal import GoogleIDTokenTesting

extension StandIn {
    /// The paths with which tests and people change the stand-in.
    ///
    /// | request | effect |
    /// |---|---|
    /// | `GET /control` | returns the key IDs, first the signing one, then the next, and the faults that are on |
    /// | `POST /control/rotate` | signs with the next published key; the second time, clients do not have the key yet |
    /// | `POST /control/faults` | switches a fault on: `{"endpoint": "keys", "fault": "delay", "seconds": 3}` |
    /// | `DELETE /control/faults` | switches all faults off; `/control/faults/ENDPOINT` that of one part |
    /// | `GET /control/token?audience=A` | mints a token; `sender`, `email`, `subject` and `defect` may be given |
    /// | `GET /control/token?issuer=I&audience=A` | mints a token of another issuer, such as `firebase:my-project`; `claims`, a JSON object that replaces claims, may be given too, but no `sender` |
    func control(_ request: LocalRequest) -> LocalAnswer {
        do {
            return try self.controlAnswer(request)
        } catch let error as ControlError {
            return .object(("error", .string(error.words)), status: 400)
        } catch {
            return .object(("error", .string("\(error)")), status: 500)
        }
    }

    private func controlAnswer(_ request: LocalRequest) throws -> LocalAnswer {
        if request.is("GET", "/control/token") { return try self.mintedToken(request.target.query) }
        if request.is("POST", "/control/rotate") {
            try self.rotate()
        } else if request.is("POST", "/control/faults") {
            try self.addFault(request)
        } else if request.is("DELETE", "/control/faults") {
            self.clearFaults()
        } else if request.is("DELETE"), let path = request.target.segments(after: "/control/faults/"), path.count == 1 {
            self.set(nil, for: try Self.endpoint(path[0]))
        } else if !request.is("GET", "/control") {
            throw ControlError(
                "there is no \(request.method) for this path; the requests are GET /control, POST /control/rotate, "
                    + "POST /control/faults, DELETE /control/faults and GET /control/token"
            )
        }
        return self.report
    }

    private var report: LocalAnswer {
        let members = self.faults.map { (name: $0.key.rawValue, value: IDTokenJSON.string($0.value.words)) }
        return .object(
            ("keys", .array(self.issuers.map { .string($0.keyID) })),
            ("faults", .object(members.sorted { $0.name < $1.name }))
        )
    }

    private func addFault(_ request: LocalRequest) throws(ControlError) {
        guard let object = request.object else { throw ControlError("the body is not a JSON object") }
        guard let name = object["endpoint"]?.stringValue else {
            throw ControlError("endpoint is missing; the endpoints are \(Self.names(of: GoogleEmulator.Endpoint.self))")
        }
        let endpoint = try Self.endpoint(name)
        let fault = try GoogleEmulator.Fault(object, for: endpoint)
        self.set(fault, for: endpoint)
    }

    private static func endpoint(_ name: String) throws(ControlError) -> GoogleEmulator.Endpoint {
        try Self.choice(name, of: GoogleEmulator.Endpoint.self, "endpoint")
    }

    static func choice<Choice: RawRepresentable<String> & CaseIterable>(
        _ text: String,
        of type: Choice.Type,
        _ kind: String
    ) throws(ControlError) -> Choice {
        guard let choice = type.allCases.first(where: { $0.rawValue.isExactly(text) }) else {
            throw ControlError("there is no \(kind) '\(text)'; the possible values are \(Self.names(of: type))")
        }
        return choice
    }

    private static func names<Choice: RawRepresentable<String> & CaseIterable>(of type: Choice.Type) -> String {
        type.allCases.map(\.rawValue).joined(separator: ", ")
    }
}
#endif
