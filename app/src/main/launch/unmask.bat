@echo off
rem Starts Unmask on the JDK that built it, else on JAVA_HOME's, else on the PATH's.
setlocal
set "here=%~dp0.."
set @environment@
for %%j in ("@java.home@\bin\java.exe" "%JAVA_HOME%\bin\java.exe" java.exe) do (
  for /f "tokens=3" %%v in ('%%j -version 2^>^&1 ^| findstr /c:" version "') do (
    for /f "delims=." %%m in ("%%~v") do if %%m GEQ @jdk@ (
      set java=%%j
      set "version=%%~v"
      goto start
    )
  )
)
echo Unmask needs a JDK of version @jdk@ or newer: install one, or set JAVA_HOME to it. 1>&2
exit /b 2

:start
rem Classes as the build found them loaded. Where they are others by now the JVM reads them as ever, and need not say so.
set archive=
if "%version%"=="@java.version@" if exist "%here%\lib\unmask.jsa" set archive="-XX:SharedArchiveFile=%here%\lib\unmask.jsa" "-Xlog:cds*=off,aot*=off"
%java% @jvm.flags@ %archive% "-Dunmask.assets=%here%\assets" -cp "%here%\lib\*;%CLASSPATH%" dev.unmask.app.Launcher %*
exit /b
