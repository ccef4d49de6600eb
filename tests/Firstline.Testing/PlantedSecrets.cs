using System.Collections.Immutable;

namespace Firstline.Testing;

/// <summary>Lines as programs log them and people write them, each with one secret or piece of personal data, and ordinary lines without any.</summary>
public static class PlantedSecrets
{
    /// <summary>A line, and what must not leave it.</summary>
    public static readonly ImmutableArray<(string Line, string Secret)> Lines =
    [
        ("login failed: password=Zp4!hunter user=bob", "Zp4!hunter"),
        ("""{"level":"error","dbPassword":"kX9hunter","msg":"refused"}""", "kX9hunter"),
        ("""{\"password\": \"eScaped77\"}""", "eScaped77"),
        ("env DB_PASSWD=w8Fhunter was set", "w8Fhunter"),
        ("secret: 'correct horse battery staple'", "horse battery"),
        ("dial postgres://shop:pg7Hunter@db:5432/shop: connection refused", "pg7Hunter"),
        ("redis://:r3disHunter@cache:6379 timed out", "r3disHunter"),
        ("amqp://guest:mq:Hunter/8@mq:5672 failed", "Hunter/8"),
        ("Server=db;User Id=sa;Password=sqlHunter9;Encrypt=true", "sqlHunter9"),
        ("DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=YWNjb3VudGtleWFjY291bnRrZXk=;EndpointSuffix=core", "YWNjb3VudGtleWFj"),
        ("curl -H 'Authorization: Bearer 9f8e7d6c5b4a39281706'", "9f8e7d6c5b4a39281706"),
        ("> authorization: Basic c2hvcDpodW50ZXIyMg==", "c2hvcDpodW50ZXIyMg"),
        ("proxy-authorization: Digest dGVzdGhhc2g=", "dGVzdGhhc2g"),
        ("got eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJzaG9wIn0.c2lnbmF0dXJlLXNpZ25hdHVyZQ", "eyJpc3MiOiJzaG9wIn0"),
        ("-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----", "MIIEowIBAAKCAQEA"),
        ("-----BEGIN EC PRIVATE KEY-----\nMHcCAQEEIIrY", "MHcCAQEEIIrY"),
        ("using access key AKIAIOSFODNN7EXAMPLE", "AKIAIOSFODNN7EXAMPLE"),
        ("aws_secret_access_key = wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY", "wJalrXUtnFEMI"),
        ("pushed with ghp_16C7e42F292c6912E7710c838347Ae178B4a", "ghp_16C7e42F"),
        ("glpat-8xT1zYqLmNoPqRsTuVwX expired", "glpat-8xT1zYqL"),
        ("slack xoxb-1234567890-abcdefghij", "xoxb-1234567890"),
        ("maps key AIzaSyA-1234567890abcdefghijklmnopqrstu", "AIzaSyA-12345"),
        ("charge failed for sk_live_4eC39HqLyjWDarjtT1zdp7dc", "sk_live_4eC39"),
        ("npm_abcdefghijklmnopqrstuvwxyz0123456789 was revoked", "npm_abcdefgh"),
        ("x-api-key: 0123456789abcdef0123", "0123456789abcdef0123"),
        ("clientSecret=0Auth~hunter.Value", "0Auth~hunter"),
        ("refresh_token: 1//0gHunterRefresh-abc", "0gHunterRefresh"),
        ("pwd=quickHunter1", "quickHunter1"),
        ("MYSQL_PWD=quickHunter2", "quickHunter2"),
        ("passphrase=\"open sesame now\"", "open sesame"),
        ("SENTRY_DSN=https://aaaabbbbccccdddd@o1.ingest.example/2", "aaaabbbbccccdddd"),
        ("connection_string=\"Host=db;Username=a;Pwd=cs4Hunter\"", "cs4Hunter"),
        ("no account for ann.lee@mail.example.com", "ann.lee@mail"),
        ("card 4111 1111 1111 1111 declined", "4111 1111 1111 1111"),
        ("pan=378282246310005", "378282246310005"),
    ];

    /// <summary>Lines that a reader needs whole.</summary>
    public static readonly ImmutableArray<string> Ordinary =
    [
        "panic: config key PAYMENTS_URL is not set", "listening on :8080", "GET /healthz 200 1ms", "dial tcp 10.0.0.1:5432: connect: connection refused",
        "Error: Cannot find module 'express'", "java.lang.OutOfMemoryError: Java heap space", "FATAL: database \"shop\" does not exist", "exec format error",
        "level=error msg=\"failed to sync\" err=\"context deadline exceeded\"", "couldn't find key url in ConfigMap shop/web-config", "secret \"db-password\" not found",
        "x509: certificate has expired or is not yet valid: current time 2026-11-20T12:00:00Z is after 2026-11-19T00:00:00Z", "lookup billing on 10.96.0.10:53: no such host",
        "Failed to pull image \"registry.example/web@sha256:4bf92f3577b34da6a3ce929d0e0e47364bf92f3577b34da6a3ce929d0e0e4736\": not found", "TypeError: Cannot read properties of undefined (reading 'id')",
        "Back-off restarting failed container app in pod web-1_shop(2b878bac-b456-43e3-9155-38f8d763d49a)", "0/3 nodes are available: 3 Insufficient memory.",
        "Readiness probe failed: HTTP probe failed with statuscode: 503", "ts=1763640000000 caller=main.go:42 msg=starting", "pods \"web-1\" is forbidden: exceeded quota: small, requested: cpu=1, used: cpu=4, limited: cpu=4",
        "no space left on device", "too many connections for role \"shop\"", "User \"system:serviceaccount:shop:web\" cannot list resource \"pods\"", "retrying in 5s (attempt 3 of 10)",
        "trace_id=4bf92f3577b34da6a3ce929d0e0e4736 span_id=00f067aa0ba902b7", "GC pause 120ms", "cache miss for products:1234", "upstream connect error or disconnect/reset before headers",
        "postgres://shop@db.prod.example:5432 refused", "monkey patched keyboard handler", "the primary key of table orders has 3 columns", "tokenizer loaded 32000 words",
    ];
}
