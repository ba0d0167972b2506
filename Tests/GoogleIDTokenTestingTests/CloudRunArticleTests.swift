//
// This source file is part of the swift-google-id-token open source project
// Copyright (c) the swift-google-id-token authors
// Licensed under Apache License v2.0
// SPDX-License-Identifier: Apache-2.0
//

internal import Foundation
internal import GoogleIDToken
internal import GoogleIDTokenTesting
internal import Testing

/// The article "On Cloud Run": what the service responds to that which arrives.
@Suite("table of CloudRun.md")
struct CloudRunArticleTests {
    /// A header field with a token, as it arrives at the service.
    private enum Arrival: String {
        case intact = "unchanged"
        case removed = "without its signature"
        case garbage = "unchanged, although it is no token"
        case forged = "probably unchanged: a mark that the caller wrote"

        var value: String {
            get throws {
                switch self {
                case .intact: "Bearer \(try Diagnosis.token())"
                case .garbage: "Bearer none"
                case .removed, .forged: "Bearer \(try Diagnosis.token(defect: .signatureRemoved))"
                }
            }
        }
    }

    /// A row of the table.
    private struct Row {
        let deployment: String
        let arrivals: [(field: String, arrival: Arrival)]
        let policy: RemovedSignaturePolicy
        let setting: String

        var cells: [String] {
            get async throws {
                let fields = self.arrivals.map { "`\($0.field)`" }.joined(separator: " and ")
                let what =
                    self.arrivals.isEmpty
                    ? "no token" : self.arrivals.map(\.arrival.rawValue).joined(separator: "; the other ")
                return [
                    self.deployment, fields.isEmpty ? "none" : fields, "`\(self.setting)`", what,
                    try await self.response,
                ]
            }
        }

        private var response: String {
            get async throws {
                var configuration = IDTokenVerifier.Configuration()
                configuration.removedSignature = self.policy
                let verifier = try Diagnosis.verifier(configuration)
                let headers = try self.arrivals.map { (name: $0.field, value: try $0.arrival.value) }
                do throws(VerificationError) {
                    let caller = try await verifier.verify(headers: headers, at: Diagnosis.now)
                    return
                        "accepts `\(caller.credentialHeader?.rawValue ?? "none")`; `assurance` is `.\(caller.assurance)`"
                } catch {
                    return "\(error.httpResponse(realm: "profiles").status) `\(error.code.rawValue)`"
                }
            }
        }
    }

    private static let serverless = "X-Serverless-Authorization"
    private static let policies: [(RemovedSignaturePolicy, String)] = [
        (.reject, ".reject"), (.verifyAuthorizationInstead, ".verifyAuthorizationInstead"),
        (.trustCloudRun, ".trustCloudRun"),
    ]

    private static var rows: [Row] {
        let authorization = "Authorization"
        var rows = [
            Row(deployment: "private", arrivals: [(authorization, .intact)], policy: .reject, setting: ".reject")
        ]
        for (policy, setting) in Self.policies {
            let arrivals = [(Self.serverless, Arrival.removed)]
            rows.append(Row(deployment: "private", arrivals: arrivals, policy: policy, setting: setting))
        }
        for (policy, setting) in Self.policies {
            let arrivals = [(Self.serverless, Arrival.removed), (authorization, .intact)]
            rows.append(Row(deployment: "private", arrivals: arrivals, policy: policy, setting: setting))
        }
        for arrivals in [[(authorization, Arrival.intact)], [(authorization, .garbage)], []] {
            rows.append(Row(deployment: "public", arrivals: arrivals, policy: .reject, setting: ".reject"))
        }
        for (policy, setting) in [Self.policies[0], Self.policies[2]] {
            let arrivals = [(Self.serverless, Arrival.forged)]
            rows.append(Row(deployment: "public", arrivals: arrivals, policy: policy, setting: setting))
        }
        for (policy, setting) in [
            Self.policies[0], Self.policies[2], (.trustCloudRunInEitherHeader, ".trustCloudRunInEitherHeader"),
        ] {
            let arrivals = [(authorization, Arrival.removed)]
            rows.append(
                Row(deployment: "function, first generation", arrivals: arrivals, policy: policy, setting: setting)
            )
        }
        return rows
    }

    @Test("a verifier responds to each arrival as the article says")
    func table() async throws {
        let table = ArticleTable(article: "CloudRun.md", heading: "## What arrives, and what the service responds")
        var rows: [String] = []
        for row in Self.rows { rows.append(ArticleTable.row(try await row.cells)) }
        try await table.rewriteIfAsked { rows }
        let documented = try table.rows
        #expect(documented.count == rows.count)
        for (now, documented) in zip(rows, documented) {
            #expect(ArticleTable.isSame(now, as: documented), "\nis now:        \(now)\nis documented: \(documented)")
        }
    }
}
