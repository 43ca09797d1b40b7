@echo off
rem Runs the program of this distribution on Windows, as the shell script beside it does elsewhere.
rem The exit code is the program's, 2 when Java or Node is missing or too old.
setlocal EnableExtensions DisableDelayedExpansion
for %%I in ("%~dp0..") do set "root=%%~fI"
set "flags=-XX:TieredStopAtLevel=1 -XX:+UseParallelGC -Xms512m -Xmn320m -XX:MaxTenuringThreshold=0 -XX:CompileThresholdScaling=0.5 -XX:C1MaxInlineSize=20 -XX:MaxRAMPercentage=75 -Xlog:disable -Dfile.encoding=UTF-8"
set "wanted=install Java 17 or newer (adoptium.net) and run this again"

if not defined JAVA_HOME goto java_of_path
set "java=%JAVA_HOME%\bin\java.exe"
if exist "%java%" goto java_found
>&2 echo JAVA_HOME: "%JAVA_HOME%" holds no bin\java.exe; unset it or %wanted%
exit /b 2
:java_of_path
for %%I in (java.exe) do set "java=%%~$PATH:I"
if defined java goto java_found
>&2 echo java: not found on the path; %wanted%
exit /b 2

rem A JDK names its version in its release file; asking the program itself costs a start.
:java_found
set "version="
for %%I in ("%java%\..\..\release") do set "release=%%~fI"
if exist "%release%" for /f "tokens=2 delims==" %%V in ('findstr /b "JAVA_VERSION=" "%release%"') do set "version=%%~V"
if not defined version for /f "tokens=2,3" %%K in ('""%java%" -version 2>&1"') do if "%%K"=="version" set "version=%%~L"
set "major=0"
for /f "delims=.-+ " %%M in ("%version%") do set /a "major=%%M" 2>nul
if %major% GEQ 17 goto java_new_enough
>&2 echo java: "%java%" is version "%version%" and 17 or newer is needed; %wanted%
exit /b 2
:java_new_enough
set "allowed="
if %major% GEQ 24 set "allowed=--sun-misc-unsafe-memory-access=allow"

set "node_needed="
for %%C in (synth docs watch) do if "%~1"=="%%C" set "node_needed=yes"
set "node=%JSII_NODE%"
if not defined node for %%I in (node.exe) do set "node=%%~$PATH:I"
set "node_version="
if defined node for /f %%V in ('""%node%" --version 2>nul"') do set "node_version=%%V"
set "node_major=0"
if defined node_version for /f "delims=v." %%M in ("%node_version%") do set /a "node_major=%%M" 2>nul
if not defined node_needed goto node_new_enough
if %node_major% GEQ 20 goto node_new_enough
>&2 echo node: "%node%" is version "%node_version%" and 20 or newer is needed; install Node 20 or newer (nodejs.org) and run this again
exit /b 2
:node_new_enough
rem jsii takes the major version to be silent about here, and any value in the other two.
set "JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=%node_major%"
set "JSII_SILENCE_WARNING_DEPRECATED_NODE_VERSION=true"
set "JSII_SILENCE_WARNING_UNTESTED_NODE_VERSION=true"

rem Each JVM and each build has an archive of classes, made when it first comes, in a cache that can be written.
set "CLASSPATH=%root%\lib\*"
set "shared="
if not defined LOCALAPPDATA goto run
set "state=%LOCALAPPDATA%\meshwright\launcher"
set "build="
if exist "%root%\lib\digest" set /p build=<"%root%\lib\digest"
set "archive=%state%\classes-%version%-%build:~0,16%.jsa"
if exist "%archive%" goto archive_found
if exist "%archive%.tried" goto run
if defined CI goto run
if not exist "%state%\" md "%state%" 2>nul
if not exist "%state%\" goto run
>&2 echo meshwright: keeping the classes of this release for this Java (once, some seconds)
set "training=-XX:ErrorFile="%archive%.err" io.meshwright.Training "%root%\examples\shop""
if %major% GEQ 24 goto train_newer
"%java%" %flags% -XX:ArchiveClassesAtExit="%archive%.new" %training% >nul 2>nul
goto trained
:train_newer
"%java%" %flags% %allowed% -XX:AOTMode=record -XX:AOTConfiguration="%archive%.conf" %training% >nul 2>nul
"%java%" %flags% %allowed% -XX:AOTMode=create -XX:AOTConfiguration="%archive%.conf" -XX:AOTCache="%archive%.new" %training% >nul 2>nul
:trained
set "trained=%ERRORLEVEL%"
del /f /q "%archive%.conf" "%archive%.err" 2>nul
if %trained% EQU 0 (move /y "%archive%.new" "%archive%" >nul 2>nul) else (del /f /q "%archive%.new" 2>nul)
type nul >"%archive%.tried" 2>nul
if not exist "%archive%" goto run
:archive_found
if %major% GEQ 24 (set shared=-XX:AOTCache="%archive%") else (set shared=-XX:SharedArchiveFile="%archive%")

:run
if "%~1"=="watch" set "flags=-Xlog:disable -Dfile.encoding=UTF-8 -Xmx768m"
if "%~1"=="mcp" set "flags=-Xlog:disable -Dfile.encoding=UTF-8 -Xmx768m"
"%java%" %flags% %allowed% %shared% io.meshwright.Main %*
exit /b %ERRORLEVEL%
