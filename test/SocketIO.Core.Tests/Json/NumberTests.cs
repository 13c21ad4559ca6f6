using SocketIO.Json;

namespace SocketIO.Core.Tests.Json;

[Trait("Spec", "SIO-JSON-04")]
public sealed class NumberTests
{
    // Made by JSON.stringify in Node.js 20: edges, then numbers of random bits.
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x3FF0000000000000, "1")]
    [InlineData(0xBFF0000000000000, "-1")]
    [InlineData(0x3FB999999999999A, "0.1")]
    [InlineData(0x3FC999999999999A, "0.2")]
    [InlineData(0x3FD3333333333334, "0.30000000000000004")]
    [InlineData(0x3FD5555555555555, "0.3333333333333333")]
    [InlineData(0xBFD5555555555555, "-0.3333333333333333")]
    [InlineData(0x4415AF1D78B58C40, "100000000000000000000")]
    [InlineData(0x444B1AE4D6E2EF50, "1e+21")]
    [InlineData(0x441AC53A7E04BCDA, "123456789012345680000")]
    [InlineData(0x4450BB448EC2F608, "1.2345678901234568e+21")]
    [InlineData(0xC44B1AE4D6E2EF50, "-1e+21")]
    [InlineData(0x3EE4F8B588E368F1, "0.00001")]
    [InlineData(0x3EB0C6F7A0B5ED8D, "0.000001")]
    [InlineData(0x3E7AD7F29ABCAF48, "1e-7")]
    [InlineData(0x3E8421F5F40D8376, "1.5e-7")]
    [InlineData(0xBE7AD7F29ABCAF48, "-1e-7")]
    [InlineData(0x3EB4B3FD5942CD96, "0.000001234")]
    [InlineData(0x7FEFFFFFFFFFFFFF, "1.7976931348623157e+308")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x0010000000000000, "2.2250738585072014e-308")]
    [InlineData(0x433FFFFFFFFFFFFF, "9007199254740991")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xC33FFFFFFFFFFFFF, "-9007199254740991")]
    [InlineData(0x4340000000000001, "9007199254740994")]
    [InlineData(0x430C6BF526340000, "1000000000000000")]
    [InlineData(0x4341C37937E08000, "10000000000000000")]
    [InlineData(0x4376345785D8A000, "100000000000000000")]
    [InlineData(0x419D6F34547E6B75, "123456789.12345679")]
    [InlineData(0x4059000000000000, "100")]
    [InlineData(0x412E848000000000, "1000000")]
    [InlineData(0x4011666666666666, "4.35")]
    [InlineData(0x3FE0000000000000, "0.5")]
    [InlineData(0x4415AF1D78B58C3F, "99999999999999980000")]
    [InlineData(0x444B1AE4D6E2EF4F, "999999999999999900000")]
    [InlineData(0x54B249AD2594C37D, "1e+100")]
    [InlineData(0x2B2BFF2EE48E0530, "1e-100")]
    [InlineData(0x400921FB54442D18, "3.141592653589793")]
    [InlineData(0x4534ADF4B7320335, "2.5e+25")]
    [InlineData(0x40C81CD6C8B43958, "12345.678")]
    [InlineData(0x3EE9E3ABE16FC70D, "0.000012345")]
    [InlineData(0x3FF0000000000001, "1.0000000000000002")]
    [InlineData(0x4480F0CF064DD592, "1e+22")]
    [InlineData(0x3EA0C6F7A0B5ED8D, "5e-7")]
    [InlineData(0x3C36B082C2148B8E, "1.23e-18")]
    [InlineData(0x41F0000000000000, "4294967296")]
    [InlineData(0xC1E0000000200000, "-2147483649")]
    [InlineData(0x7FF8000000000000, "null")]
    [InlineData(0x7FF0000000000000, "null")]
    [InlineData(0xFFF0000000000000, "null")]
    [InlineData(0x7E6DDD4BAA009303, "1e+301")]
    [InlineData(0x44237D99CC506D58, "179769313486231570000")]
    [InlineData(0x3FD3333333333333, "0.3")]
    [InlineData(0x3FF199999999999A, "1.1")]
    [InlineData(0x3DEB7CDFD9D7BDBB, "2e-10")]
    [InlineData(0x5BE036B81B1C79E4, "3.682743434865544e+134")]
    [InlineData(0xACDFD63CEAFDC25E, "-1.526271053825563e-92")]
    [InlineData(0x1A00F5CB4D0E8712, "1.9957305830232175e-183")]
    [InlineData(0x0665C4927764FBFC, "7.674847317479375e-278")]
    [InlineData(0x6EE15AE58C284DD3, "1.2847925465955543e+226")]
    [InlineData(0x827CE7924E9E6FED, "-1.1049201415652763e-296")]
    [InlineData(0xE5FC76D756E85244, "-1.8898038051418262e+183")]
    [InlineData(0x1A32E3673F813A95, "1.778096694823581e-182")]
    [InlineData(0x43019395D99015A5, "618418301698740.6")]
    [InlineData(0x3120B8DEA9AA964F, "4.732200057782651e-72")]
    [InlineData(0xF4FF6C4AC2437C3E, "-3.686075303129657e+255")]
    [InlineData(0xD00A13EAE61B227B, "-3.7745041182995885e+77")]
    [InlineData(0xE3BC0428879BEC38, "-2.7067456001646156e+172")]
    [InlineData(0x409A0B0552592A2F, "1666.7551969463345")]
    [InlineData(0xFB40DD6EA7352E7A, "-5.015699015963291e+285")]
    [InlineData(0xD980C901BF760380, "-1.3869931696250228e+123")]
    [InlineData(0x7DF714DF26C05D09, "6.038100117959992e+298")]
    [InlineData(0xBEA46CBD0C843B62, "-6.087052719943584e-7")]
    [InlineData(0x5ABFCAE9D235F76F, "1.3773509782054094e+129")]
    [InlineData(0xFAF7A629D1E979C8, "-2.1979109574941626e+284")]
    [InlineData(0x126E169D6397D685, "6.659036460609958e-220")]
    [InlineData(0x442941ABA1B45091, "232950327736019750000")]
    [InlineData(0x0B347346F271505D, "1.089590701281043e-254")]
    [InlineData(0x5C5B514227548602, "7.942142223915728e+136")]
    [InlineData(0x9B32CEB4ACB46917, "-1.1603055056287963e-177")]
    [InlineData(0x9F5893E82E089B09, "-1.1188312983545111e-157")]
    [InlineData(0xD2DDD9D782D1198E, "-1.5201862063715416e+91")]
    [InlineData(0x2A71518B7A393EDB, "3.0204569361466464e-104")]
    [InlineData(0xFEDE11D43E04F658, "-1.288795329154723e+303")]
    [InlineData(0x2391F9FFFAC25287, "2.4152863523276346e-137")]
    public void Double_is_written_as_in_JavaScript(ulong bits, string expected)
    {
        var value = BitConverter.UInt64BitsToDouble(bits);
        Assert.Equal($"[{expected}]", PayloadSerializer.Default.SerializeArguments([value]).ToString());
        Assert.Equal($"[{expected}]", PayloadSerializer.Default.SerializeArguments([(double?)value]).ToString());
        Assert.Equal($"[[{expected}]]", PayloadSerializer.Default.SerializeArguments([new[] { value }]).ToString());
        if (double.IsFinite(value)) Assert.Equal(value, Wire.Receive($"2[\"e\",{expected}]").Get<double>(0));
    }

    [Theory]
    [InlineData(0.1f, "0.1")]
    [InlineData(-0f, "0")]
    [InlineData(1e21f, "1e+21")]
    [InlineData(1e-7f, "1e-7")]
    [InlineData(16777216f, "16777216")]
    [InlineData(3.4028235e38f, "3.4028235e+38")]
    [InlineData(1e-45f, "1e-45")]
    [InlineData(float.NaN, "null")]
    [InlineData(float.NegativeInfinity, "null")]
    public void Float_is_written_with_its_own_digits(float value, string expected) =>
        Assert.Equal($"[{expected}]", PayloadSerializer.Default.SerializeArguments([value]).ToString());

    [Fact]
    public void Integers_are_written_in_full() =>
        Assert.Equal(
            "[-2147483648,18446744073709551615,-9223372036854775808,255,12345678901234567890.5]",
            PayloadSerializer.Default.SerializeArguments(
                [int.MinValue, ulong.MaxValue, long.MinValue, byte.MaxValue, 12345678901234567890.5m]).ToString());

    [Fact]
    public void Any_number_is_accepted()
    {
        var arguments = Wire.Receive("""2["e",1e3,-0.0,12345678901234567890,1e400,1.0]""");
        Assert.Equal(1000, arguments.Get<double>(0));
        Assert.Equal(0, arguments.Get<double>(1));
        Assert.Equal(12345678901234567890, arguments.Get<ulong>(2));
        Assert.Equal(double.PositiveInfinity, arguments.Get<double>(3));
        Assert.Equal(1m, arguments.Get<decimal>(4));
        Assert.Throws<EventBindingException>(() => arguments.Get<int>(2));
    }

    [Theory]
    [Trait("Spec", "SIO-ENC-22")]
    [InlineData("1", "1")]
    [InlineData("-7", "-7")]
    [InlineData("1e3", "1000")]
    [InlineData("1.50", "1.5")]
    [InlineData("-0", "0")]
    [InlineData("4294967296", "4294967296")]
    [InlineData("1e21", "1e+21")]
    [InlineData("1e400", "Infinity")]
    public void A_number_for_a_name_becomes_its_text(string name, string expected)
    {
        var arguments = Wire.Receive($"2[{name},\"a\"]");
        Assert.Equal(expected, arguments.Name);
        Assert.Equal("a", arguments.Get<string>(0));
    }
}
